import { relative, sep } from 'node:path';
import type { ImportGraph } from '../model/import-graph.ts';
import type { FirstImport } from '../report/import-report.ts';
import { importChain } from './import-chain.ts';
import { Interpreter } from './interpreter/interpreter.ts';
import { PythonException } from './interpreter/python-exception.ts';
import { SettledModules } from './interpreter/settled-modules.ts';
import { ProjectModules } from './project/project-modules.ts';

export interface PredictOptions {
  /** Version of CPython to follow, such as `[3, 11]` (the default); 3.8 is the oldest. */
  readonly python?: readonly [major: 3, minor: number];
  /** `sys.platform` of that Python; `linux` by default. */
  readonly platform?: string;
  readonly signal?: AbortSignal;
}

/**
 * Predicts what happens in a fresh interpreter whose first import is each of these modules, by following what CPython
 * would have bound at each line. Reads and parses the modules' sources (each once), never executes them.
 *
 * @param modules indexes into `graph.modules`
 * @returns in the order of `modules`
 */
export async function predictFirstImports(
  graph: ImportGraph,
  modules: readonly number[],
  { python = [3, 11], platform = 'linux', signal }: PredictOptions = {},
): Promise<FirstImport[]> {
  const project = new ProjectModules(graph);
  const settled = new SettledModules();
  const results: FirstImport[] = [];
  let pause = performance.now() + 20;
  for (const index of modules) {
    signal?.throwIfAborted();
    results.push(predict(graph, project, settled, graph.modules[index]!.name, python[1], platform));
    if (performance.now() > pause) {
      await new Promise((resolve) => setImmediate(resolve));
      pause = performance.now() + 20;
    }
  }
  return results;
}

function predict(
  graph: ImportGraph,
  project: ProjectModules,
  settled: SettledModules,
  module: string,
  minor: number,
  platform: string,
): FirstImport {
  const interpreter = new Interpreter(project, settled, minor, platform);
  const fault = execute(interpreter, module);
  const rests = interpreter.assumption === undefined ? {} : { assumption: interpreter.assumption };
  if (fault === undefined) return { module, outcome: 'ok', found: 'predicted', ...rests };
  const { path, line, chain } = fault.at;
  const error = {
    type: fault.type,
    message: fault.message,
    ...(path !== undefined && { path: relative(graph.base, path).split(sep).join('/'), line }),
  };
  return { module, outcome: 'crash', error, found: 'predicted', chain: importChain(graph, chain), ...rests };
}

function execute(interpreter: Interpreter, module: string): PythonException | undefined {
  try {
    return interpreter.attempt(() => void interpreter.load(module));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    interpreter.assumption ??= 'the interpreted program recurses deeper than can be followed';
    return undefined;
  }
}
