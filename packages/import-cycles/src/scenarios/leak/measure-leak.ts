import type { MeasureContext } from '@seaworthy/scenario';
import { askPython, compileFolder } from '../interpreter/run-python.ts';
import { writeModules } from '../modules/written-module.ts';
import type { LeakObservation, Rounds } from './leak-observation.ts';
import type { LeakPlan } from './leak-plan.ts';

const ROUNDS_TIMEOUT_MS = 30_000;

interface Answer extends Omit<Rounds, 'figures'> {
  readonly figures: readonly (number | null)[];
}

/** The same rounds twice, each in a fresh interpreter with another witness, since tracemalloc needs memory itself. */
export async function measureLeak(plan: LeakPlan, context: MeasureContext): Promise<LeakObservation> {
  const folder = await context.workspace.makeFolder('leak');
  await writeModules(folder, plan.modules);
  await compileFolder(folder, context);
  const names = plan.modules.map((module) => module.name);
  const witness = async (which: 'resident' | 'traced'): Promise<Rounds | null> => {
    const args = [folder, which, String(plan.warmUp), String(plan.rounds), ...names];
    const options = { cwd: folder, timeoutMs: ROUNDS_TIMEOUT_MS };
    const answer = await askPython<Answer>('import_rounds.py', args, context, options);
    const figures = answer.figures.filter((figure) => figure !== null);
    return figures.length === answer.figures.length ? { ...answer, figures } : null;
  };
  context.progress(`${plan.rounds} rounds of ${names.length} modules`);
  const resident = await witness('resident');
  const traced = await witness('traced');
  if (traced === null) throw new Error('tracemalloc gave no figures');
  return { resident, traced };
}
