import type { ScenarioResult } from '../result.ts';
import type { AnyScenario } from '../scenario.ts';
import { systemClock } from './clock.ts';
import { EventRelay } from './event-relay.ts';
import { resolveLimits, type ResolvedLimits } from './resolve-limits.ts';
import { DEFAULT_GRACE_MS, type RunEvent, type RunOptions } from './run-options.ts';
import { runScenario } from './run-scenario.ts';
import { runSchedule, type Job } from './schedule.ts';
import { createStopSignal } from './stop-signal.ts';

/**
 * Runs scenarios, side by side as far as their footprints allow. The results are in the order of the scenarios given,
 * with `repeat` all those of one scenario next to each other; they are run round by round, so that a slow drift of
 * the machine spreads over all. An interruption and the deadline give a partial result: what ran is `inconclusive`,
 * what was not begun `skipped`.
 *
 * @throws UsageError for impossible limits, before anything runs; and one that a scenario throws, after all others
 * were stopped. What `onEvent` throws is thrown likewise.
 */
export async function runScenarios(
  scenarios: readonly AnyScenario[],
  options: RunOptions,
): Promise<readonly ScenarioResult[]> {
  const { environment, workspace, seed = 0, graceMs = DEFAULT_GRACE_MS, clock = systemClock } = options;
  const repeat = checkRepeat(options.repeat ?? 1);
  const resolved = resolveAll(scenarios, options);
  const results: ScenarioResult[] = [];
  const events = new EventRelay<RunEvent>((event) => options.onEvent?.(event));
  const jobs: Job[] = [];
  for (let repetition = 1; repetition <= repeat; repetition += 1) {
    for (const [index, scenario] of scenarios.entries()) {
      const run = async (signal: AbortSignal): Promise<void> => {
        const result = await runScenario({
          scenario,
          resolved: resolved[index] as ResolvedLimits,
          environment,
          workspace,
          signal,
          seed,
          graceMs,
          clock,
          ...(repeat === 1 ? {} : { repetition }),
          onStart: () => events.emit({ kind: 'started', id: scenario.id }),
          progress: (message) => events.emit({ kind: 'progress', id: scenario.id, message }),
        });
        results[index * repeat + repetition - 1] = result;
        events.emit({ kind: 'finished', result });
        events.demandHealthy();
      };
      jobs.push({ footprint: scenario.footprint, run });
    }
  }
  using stop = createStopSignal(clock, options.signal, options.deadlineMs);
  await runSchedule(jobs, environment, stop.signal);
  return results;
}

/** Of all scenarios before the first one runs, so that a mistake in a configuration costs no time. */
export function resolveAll(
  scenarios: readonly AnyScenario[],
  options: RunOptions,
): readonly ResolvedLimits[] {
  return scenarios.map((scenario) => resolveLimits(scenario, options.overrides?.get(scenario.id)));
}

function checkRepeat(repeat: number): number {
  if (Number.isInteger(repeat) && repeat >= 1) return repeat;
  throw new RangeError(`Expected a whole number of repetitions, at least 1, got ${repeat}`);
}
