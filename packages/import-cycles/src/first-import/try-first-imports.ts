import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openScope, openWorkspace, type Workspace } from '@seaworthy/scenario';
import type { ImportGraph } from '../model/import-graph.ts';
import type { FirstImport } from '../report/import-report.ts';
import { checkInterpreter } from './trial/check-interpreter.ts';
import { triedPlace } from './trial/outcome.ts';
import { ProjectCopy } from './trial/project-copy.ts';
import { runTrial, type Trial } from './trial/run-trial.ts';

export interface TryOptions {
  /** The project's own interpreter, CPython 3.8 or newer. */
  readonly python: string;
  /** How many interpreters run at once; as many as there are cores by default. */
  readonly concurrency?: number;
  /** How long one import may take, in ms; 10,000 by default. */
  readonly timeoutMs?: number;
  /** How many bytes the packages may hold, since they are copied; 1 GiB by default. */
  readonly largestCopyBytes?: number;
  readonly signal?: AbortSignal;
  /** Where processes and files are kept; one of its own by default. */
  readonly workspace?: Workspace;
}

/**
 * Imports each of these modules in a fresh interpreter, and says what happened. This executes the project's code: on a
 * copy of its packages, in a process group and session of its own, in an empty working folder, with nothing to read and
 * its output thrown away, for a limited time; whatever it started is ended with it. It is no sandbox: the code has the
 * user's rights, the network, and every file that an absolute path names.
 *
 * @param modules indexes into `graph.modules`
 * @returns in the order of `modules`; a type of error `Timeout`, `Exit` or `Signal` says that the interpreter did not
 * live to report
 * @throws UsageError where the interpreter is missing or too old, or the project too large to be copied
 */
export async function tryFirstImports(
  graph: ImportGraph,
  modules: readonly number[],
  options: TryOptions,
): Promise<FirstImport[]> {
  await using trials = await openTrials(graph, options);
  return await trials.run(modules);
}

/** Trials of one project, on one copy of it. Disposing of them removes the copy. */
export interface Trials extends AsyncDisposable {
  /** As `tryFirstImports`. Not to be called again before it is done. */
  run(modules: readonly number[]): Promise<FirstImport[]>;
}

/**
 * Checks the interpreter and copies the project, for several calls of `run`.
 *
 * @throws UsageError where the interpreter is missing or too old, or the project too large to be copied
 */
export async function openTrials(
  graph: ImportGraph,
  {
    python,
    concurrency = availableParallelism(),
    timeoutMs = 10_000,
    largestCopyBytes,
    signal,
    workspace,
  }: TryOptions,
): Promise<Trials> {
  signal?.throwIfAborted();
  await using opening = new AsyncDisposableStack();
  const place = opening.use(
    workspace === undefined ? await openWorkspace() : await openScope(workspace, 'first-imports'),
  );
  await checkInterpreter(python, place, signal);
  const folder = await place.makeFolder('project');
  const copy = await ProjectCopy.create(graph, folder, { largestBytes: largestCopyBytes, signal });
  const trial: Trial = {
    place: triedPlace(graph, copy.base),
    python,
    workspace: place,
    bytecode: join(place.folder, 'bytecode'),
    timeoutMs,
    ...(signal && { signal }),
  };
  const open = opening.move();
  return {
    run: (modules) =>
      runTrials(
        trial,
        modules.map((index) => graph.modules[index]!.name),
        copy,
        concurrency,
      ),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function runTrials(
  trial: Trial,
  names: readonly string[],
  copy: ProjectCopy,
  concurrency: number,
): Promise<FirstImport[]> {
  const results = await runAll(names, Math.max(1, concurrency), (name) => runTrial(trial, name));
  const changed = await copy.changes();
  return changed.length === 0 ? results : await runOneByOne(trial, names, copy, changed);
}

async function runAll(
  names: readonly string[],
  concurrency: number,
  run: (name: string) => Promise<FirstImport>,
): Promise<FirstImport[]> {
  const results: FirstImport[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    try {
      for (let index = next++; index < names.length; index = next++)
        results[index] = await run(names[index]!);
    } catch (error) {
      next = names.length; // The others start nothing more.
      throw error;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, names.length) }, worker);
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return results;
}

/** Again, where an import changed the project's files: each on an untouched copy, so that none sees what another did. */
async function runOneByOne(
  trial: Trial,
  names: readonly string[],
  copy: ProjectCopy,
  before: readonly string[],
): Promise<FirstImport[]> {
  await copy.restore(before);
  const results: FirstImport[] = [];
  for (const name of names) {
    const result = await runTrial(trial, name);
    const changed = await copy.changes();
    await copy.restore(changed);
    results.push(changed.length === 0 ? result : { ...result, changed });
  }
  return results;
}
