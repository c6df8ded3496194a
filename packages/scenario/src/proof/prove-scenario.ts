import { isDeepStrictEqual } from 'node:util';
import { describeReason } from '../runner/cut-off.ts';
import type { ScenarioResult } from '../result.ts';
import { runScenario, type ScenarioRun } from '../runner/run-scenario.ts';
import type { FaultProof, ScenarioProof } from './fault-proof.ts';
import { judgeControl, judgeFault, type AnyFault, type Proven } from './judge-fault.ts';

/**
 * Runs a scenario as it is, with each of its faults, and as it is once more. Only a fault between two green runs proves
 * anything: a check that is red anyway, or that a fault left broken, catches nothing.
 *
 * @throws what {@link runScenario} throws.
 */
export async function proveScenario(run: Omit<ScenarioRun, 'changePlan'>): Promise<ScenarioProof> {
  const { scenario } = run;
  const faults = scenario.faults as readonly AnyFault[];
  run.progress('control run before the faults');
  const before = await runUntilTold(run);
  const runsHere = before.verdict !== 'skipped' || scenario.requires?.(run.environment) === undefined;
  const problem = judgeControl(before, { when: 'before', runsHere });
  if (problem !== undefined) {
    return { id: scenario.id, before, faults: faults.map((fault) => summarise(run, fault, problem, 0)) };
  }
  if (faults.length === 0) return { id: scenario.id, before, faults: [] };
  const proofs: FaultProof[] = [];
  for (const fault of faults) {
    run.progress(`without the fix: ${fault.breaks}`);
    proofs.push(await proveFault(run, fault));
  }
  run.progress('control run after the faults');
  const after = await runUntilTold(run);
  const doubt = judgeControl(after, { when: 'after', runsHere: true });
  return {
    id: scenario.id,
    before,
    after,
    faults: proofs.map((proof) => ({ ...proof, ...doubt, raised: proof.raised })),
  };
}

/** Once more where the first run could not tell: a proof asks what a check sees, not how busy the machine was for a moment. */
async function runUntilTold(run: ScenarioRun): Promise<ScenarioResult> {
  const result = await runScenario(run);
  if (result.verdict !== 'inconclusive' || result.cutOff !== undefined || run.signal.aborted) return result;
  run.progress('once more, since the machine was too busy to tell');
  return runScenario(run);
}

/** A fault whose plan equals the one without it is not even run. Plans are compared by content. */
async function proveFault(run: Omit<ScenarioRun, 'changePlan'>, fault: AnyFault): Promise<FaultProof> {
  const { scenario, environment, resolved, clock } = run;
  const start = clock.now();
  let unchanged = false;
  const result = await runUntilTold({
    ...run,
    changePlan: (planned) => {
      const plan: unknown = fault.inject(planned);
      unchanged = isDeepStrictEqual(plan, scenario.plan(environment, resolved.limits));
      if (unchanged) throw new Error('The fault changes nothing in the plan');
      return plan;
    },
  });
  return summarise(run, fault, judge(), clock.now() - start);

  function judge(): Proven {
    if (unchanged)
      return { state: 'not-applied', raised: [], reason: 'Injecting the fault changed nothing in the plan.' };
    if (run.signal.aborted)
      return { state: 'void', raised: [], reason: `Cut off: ${describeReason(run.signal.reason)}.` };
    try {
      return judgeFault(fault, result);
    } catch (error) {
      const reason = `Whether the fault was in place could not be told: ${(error as Error).message}`;
      return { state: 'void', raised: [], reason };
    }
  }
}

function summarise(
  run: Pick<ScenarioRun, 'scenario'>,
  { id, breaks, raises }: AnyFault,
  proven: Proven,
  durationMs: number,
): FaultProof {
  return { scenario: run.scenario.id, fault: id, breaks, raises, ...proven, durationMs };
}
