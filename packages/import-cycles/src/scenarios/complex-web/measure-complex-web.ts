import { join } from 'node:path';
import type { MeasureContext } from '@seaworthy/scenario';
import { packageFolder } from '../../package-folder.ts';
import { readReference } from '../interpreter/read-reference.ts';
import { runProgram } from '../interpreter/run-program.ts';
import type { ProgramRun } from '../interpreter/run-program.ts';
import { pathOf, writeModules } from '../modules/written-module.ts';
import { COMPLETE_FINDER } from '../finder/finder.ts';
import type { FinderChoice } from '../finder/finder.ts';
import { canonicalCycle } from '../finder/canonical-cycle.ts';
import type { ComplexWebObservation } from './complex-web-observation.ts';
import type { ComplexWebPlan } from './complex-web-plan.ts';
import type { SearchAnswer } from './search-program.ts';
import { webModules } from './web-modules.ts';

const SEARCH_TIMEOUT_MS = 30_000;

/** Writes a web, lets a fresh process analyse it, and asks CPython what is really in it. */
export async function measureComplexWeb(
  plan: ComplexWebPlan,
  context: MeasureContext,
): Promise<ComplexWebObservation> {
  const folder = await context.workspace.makeFolder('complex-web');
  const modules = webModules(plan.shape, context.seed);
  await writeModules(folder, modules);
  const answer = await searchApart(folder, plan.finder, context);
  const reference = await readReference(context, {
    base: folder,
    modules: modules.map((module) => ({ name: module.name, path: pathOf(module), isPackage: false })),
    cycles: true,
  });
  return {
    modules: modules.length,
    ...answer,
    reference: {
      imports: reference.imports.length,
      knots: reference.knots ?? [],
      cycles: (reference.cycles ?? []).map(canonicalCycle),
    },
  };
}

/** Runs the analysis in a process that does nothing else, so that its peak memory is its own. */
async function searchApart(
  folder: string,
  finder: FinderChoice,
  context: MeasureContext,
): Promise<SearchAnswer> {
  const { program, flags, cache } = await programOf(context);
  const env = { NODE_OPTIONS: undefined, NODE_COMPILE_CACHE: cache, NODE_DISABLE_COMPILE_CACHE: undefined };
  const run = (choice: FinderChoice): Promise<ProgramRun> =>
    runProgram(process.execPath, [...flags, program, folder, JSON.stringify(choice)], {
      workspace: context.workspace,
      signal: context.signal,
      cwd: folder,
      timeoutMs: SEARCH_TIMEOUT_MS,
      env,
    });
  // The first run from source also compiles TypeScript, which takes more memory than all the rest.
  if (cache !== undefined) await run(COMPLETE_FINDER);
  const { stdout, stderr, timedOut, signal, code } = await run(finder);
  try {
    return JSON.parse(stdout) as SearchAnswer;
  } catch {
    const how = timedOut ? `no answer within ${SEARCH_TIMEOUT_MS} ms` : `exit ${signal ?? code}`;
    return { found: null, searchMs: 0, peakBytes: 0, crash: `${how}: ${stderr.trim()}` };
  }
}

interface SearchProgram {
  readonly program: string;
  readonly flags: readonly string[];
  /** Where compiled code is kept from one run to the next; only from source. */
  readonly cache: string | undefined;
}

/** The program beside this file, in the source or in the build. */
async function programOf(context: MeasureContext): Promise<SearchProgram> {
  const place = (home: string, extension: string): string =>
    join(packageFolder(), home, 'scenarios', 'complex-web', `search-program.${extension}`);
  if (!import.meta.filename.endsWith('.ts'))
    return { program: place('dist', 'js'), flags: [], cache: undefined };
  return {
    program: place('src', 'ts'),
    flags: ['--conditions=@seaworthy/source'],
    cache: await context.workspace.makeFolder('compile-cache'),
  };
}
