import type { ScenarioResult } from '../result.ts';
import type { Fault } from '../scenario.ts';
import type { FaultProof } from './fault-proof.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyFault = Fault<any, any>;

export type Proven = Pick<FaultProof, 'state' | 'raised'> & Partial<FaultProof>;

/** What the result of a run with a fault proves, provided that the controls are green. */
export function judgeFault(fault: AnyFault, result: ScenarioResult): Proven {
  const errors = result.findings.filter((finding) => finding.severity === 'error');
  const raised = [...new Set(errors.map((finding) => finding.code))];
  if (result.verdict === 'error') {
    return { state: 'void', raised, reason: `The run with the fault broke: ${result.error?.message}` };
  }
  if (result.verdict === 'skipped' || result.observation === undefined) {
    return { state: 'void', raised, reason: explain(result) };
  }
  const applied = fault.applied(result.observation);
  if (applied === undefined) {
    return { state: 'not-applied', raised, reason: 'The observation shows no trace of the fault.' };
  }
  if (result.verdict === 'inconclusive')
    return { state: 'survived', raised, applied, reason: explain(result) };
  if (raised.includes(fault.raises)) return { state: 'caught', raised, applied };
  if (raised.length === 0) {
    return {
      state: 'survived',
      raised,
      applied,
      reason: `The fault was in place, and nothing was raised as an error.`,
    };
  }
  const reason = `Expected ${fault.raises}, got ${raised.join(', ')}.`;
  return { state: 'wrong-finding', raised, applied, reason };
}

/** What a control run that is not green makes of every proof that depends on it; `undefined` for a green one. */
export function judgeControl(
  result: ScenarioResult,
  { when, runsHere }: { readonly when: 'before' | 'after'; readonly runsHere: boolean },
): Proven | undefined {
  if (result.verdict === 'passed') return undefined;
  if (!runsHere) return { state: 'environment-missing', raised: [], reason: explain(result) };
  const what = `The control run ${when} the faults was not green (${result.verdict})`;
  return { state: 'void', raised: [], reason: `${what}: ${explain(result)}` };
}

function explain(result: ScenarioResult): string {
  if (result.error !== undefined) return result.error.message;
  if (result.missing !== undefined) return `Missing is ${result.missing.what}. ${result.missing.how}.`;
  const errors = result.findings.filter((finding) => finding.severity === 'error');
  const texts =
    errors.length > 0 ? errors.map((finding) => `${finding.code} ${finding.message}`) : result.reasons;
  return texts.join(' ');
}
