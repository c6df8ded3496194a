import { systemClock } from '../runner/clock.ts';
import { EventRelay } from '../runner/event-relay.ts';
import type { ResolvedLimits } from '../runner/resolve-limits.ts';
import { DEFAULT_GRACE_MS, type RunEvent, type RunOptions } from '../runner/run-options.ts';
import { resolveAll } from '../runner/run-scenarios.ts';
import { runSchedule, type Job } from '../runner/schedule.ts';
import { createStopSignal } from '../runner/stop-signal.ts';
import type { AnyScenario } from '../scenario.ts';
import type { FaultProof, ScenarioProof } from './fault-proof.ts';
import { proveScenario } from './prove-scenario.ts';

/** `repeat` means nothing here: a proof is one run per fault. */
export interface ProveOptions extends Omit<RunOptions, 'repeat'> {
  /** Called for each fault once its state is final, which is after the second control run of its scenario. */
  onProof?(proof: FaultProof): void;
}

/**
 * Removes each fix on purpose and tells whether the check that should notice did. A scenario's runs follow each other;
 * scenarios share the machine as in {@link runScenarios}. Proofs come in the order of the scenarios and their faults.
 * `started` and `finished` (with the last control run) are reported once for each scenario, `progress` before each of its runs.
 *
 * @throws as {@link runScenarios} does.
 */
export async function proveScenarios(
  scenarios: readonly AnyScenario[],
  options: ProveOptions,
): Promise<readonly ScenarioProof[]> {
  const { environment, workspace, seed = 0, graceMs = DEFAULT_GRACE_MS, clock = systemClock } = options;
  const resolved = resolveAll(scenarios, options);
  const proofs: ScenarioProof[] = [];
  const events = new EventRelay<RunEvent>((event) => options.onEvent?.(event));
  const announced = new EventRelay<FaultProof>((proof) => options.onProof?.(proof));
  const jobs = scenarios.map((scenario, index): Job => {
    const run = async (signal: AbortSignal): Promise<void> => {
      events.emit({ kind: 'started', id: scenario.id });
      const proof = await proveScenario({
        scenario,
        resolved: resolved[index] as ResolvedLimits,
        environment,
        workspace,
        signal,
        seed,
        graceMs,
        clock,
        progress: (message) => events.emit({ kind: 'progress', id: scenario.id, message }),
      });
      proofs[index] = proof;
      for (const fault of proof.faults) announced.emit(fault);
      events.emit({ kind: 'finished', result: proof.after ?? proof.before });
      events.demandHealthy();
      announced.demandHealthy();
    };
    return { footprint: scenario.footprint, run };
  });
  using stop = createStopSignal(clock, options.signal, options.deadlineMs);
  await runSchedule(jobs, environment, stop.signal);
  return proofs;
}
