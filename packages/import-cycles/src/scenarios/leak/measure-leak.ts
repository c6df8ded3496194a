import type { MeasureContext } from '@seaworthy/scenario';
import { askIn, openPythonPlace } from '../interpreter/python-place.ts';
import type { LeakObservation, Rounds } from './leak-observation.ts';
import type { LeakPlan } from './leak-plan.ts';

const ROUNDS_TIMEOUT_MS = 30_000;

interface Answer extends Omit<Rounds, 'figures'> {
  readonly figures: readonly (number | null)[];
}

/** The same rounds twice, each in a fresh interpreter with another witness, since tracemalloc needs memory itself. */
export async function measureLeak(plan: LeakPlan, context: MeasureContext): Promise<LeakObservation> {
  await using place = await openPythonPlace(context);
  const folder = await place.writeModules('leak', plan.modules);
  await place.compile(folder);
  const names = plan.modules.map((module) => module.name);
  const witness = async (which: 'resident' | 'traced'): Promise<Rounds | null> => {
    const args = [folder, which, String(plan.warmUp), String(plan.rounds), ...names];
    const options = { cwd: folder, timeoutMs: ROUNDS_TIMEOUT_MS };
    const answer = await askIn<Answer>(place, 'import_rounds.py', args, options);
    const figures = answer.figures.filter((figure) => figure !== null);
    return figures.length === answer.figures.length ? { ...answer, figures } : null;
  };
  context.progress(`${plan.rounds} rounds of ${names.length} modules`);
  const resident = await witness('resident');
  const traced = await witness('traced');
  if (traced === null) throw new Error('tracemalloc gave no figures');
  return { resident, traced };
}
