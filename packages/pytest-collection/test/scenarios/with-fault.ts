import { runScenarios } from '@seaworthy/scenario';
import type { AnyScenario, RunOptions, ScenarioResult } from '@seaworthy/scenario';

/** What a scenario says with one of its faults in place. */
export interface WithFault {
  /** The observation shows the fault. */
  readonly applied: boolean;
  /** Codes of findings that are errors. */
  readonly raised: readonly string[];
  readonly result: ScenarioResult;
}

/** Runs a scenario once. */
export async function runOne(scenario: AnyScenario, options: RunOptions): Promise<ScenarioResult> {
  const [result] = await runScenarios([scenario], options);
  if (result === undefined) throw new Error(`${scenario.id} gave no result`);
  return result;
}

/**
 * Runs a scenario once with one of its faults in place. That every fault is caught, between two runs without any, is what
 * the target `orchestrator:prove` insists on: the tests try a few cheap ones.
 */
export async function runWithFault(
  scenario: AnyScenario,
  fault: string,
  options: RunOptions,
): Promise<WithFault> {
  const found = scenario.faults.find(({ id }) => id === fault);
  if (found === undefined) throw new Error(`${scenario.id} has no fault ${fault}`);
  const broken: AnyScenario = {
    ...scenario,
    plan: (environment, limits) => found.inject(scenario.plan(environment, limits)),
  };
  const result = await runOne(broken, options);
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  return {
    applied: result.observation !== undefined && found.applied(result.observation as never) !== undefined,
    raised: [...new Set(errors.map(({ code }) => code))],
    result,
  };
}
