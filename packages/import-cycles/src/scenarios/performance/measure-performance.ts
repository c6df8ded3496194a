import type { MeasureContext } from '@seaworthy/scenario';
import { askIn, openPythonPlace } from '../interpreter/python-place.ts';
import { traceImports } from '../interpreter/trace-imports.ts';
import { ratioOfMedians } from '../statistics/ratio-of-medians.ts';
import { seededRandom } from '../statistics/seeded-random.ts';
import type { PerformanceObservation, TimedImport } from './performance-observation.ts';
import type { PerformancePlan } from './performance-plan.ts';

const IMPORT_TIMEOUT_MS = 10_000;
const FAILURES_SEEN = 5;

/**
 * Times both sides in fresh interpreters, a pair at a time and in random order inside the pair, so that whatever else
 * the machine does meets both alike. Bytecode is there beforehand: compiling would drown the import.
 */
export async function measurePerformance(
  plan: PerformancePlan,
  context: MeasureContext,
): Promise<PerformanceObservation> {
  await using place = await openPythonPlace(context);
  const folders = { circular: '', clean: '' };
  for (const side of ['circular', 'clean'] as const) {
    folders[side] = await place.writeModules(side, plan[side]);
    await place.compile(folders[side]);
  }
  const time = (folder: string): Promise<TimedImport> =>
    askIn(place, 'time_import.py', [folder, plan.entry], { cwd: folder, timeoutMs: IMPORT_TIMEOUT_MS });
  await time(folders.clean); // the first interpreter also reads the standard library from disk
  const random = seededRandom(context.seed);
  const circular: TimedImport[] = [];
  const clean: TimedImport[] = [];
  const end = performance.now() + plan.timingMs;
  while (!isEnough(circular, clean, plan, context.seed) && performance.now() < end) {
    const order = random() < 0.5 ? (['circular', 'clean'] as const) : (['clean', 'circular'] as const);
    for (const side of order) (side === 'circular' ? circular : clean).push(await time(folders[side]));
    if (circular.length % 10 === 0) context.progress(`${circular.length} pairs of imports timed`);
  }
  const trace = await traceImports(folders.circular, plan.entry, place);
  return { circular, clean, bodies: trace.bodies, seed: context.seed };
}

function isEnough(
  circular: readonly TimedImport[],
  clean: readonly TimedImport[],
  plan: PerformancePlan,
  seed: number,
): boolean {
  // What fails is not timed any longer, only often enough to see whether it always does.
  if (circular.length >= FAILURES_SEEN && [...circular, ...clean].some((sample) => sample.error !== null))
    return true;
  if (circular.length < plan.pairs.least) return false;
  if (circular.length >= plan.pairs.most) return true;
  const of = (samples: readonly TimedImport[]): number[] => samples.map((sample) => sample.cpuMs);
  const { low, high } = ratioOfMedians(of(circular), of(clean), seed);
  return high / low <= plan.precision;
}
