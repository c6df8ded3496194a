import type { ScenarioResult } from '../result.ts';
import type { AnyScenario, Judgement } from '../scenario.ts';

/**
 * A finding that is an error makes a scenario fail, whatever else could not be told; without one, a reason why nothing
 * can be told makes it inconclusive; without either it passed.
 *
 * @throws where a finding has a code that is not in the scenario's catalogue.
 */
export function decideVerdict(
  scenario: AnyScenario,
  { findings, inconclusive = [] }: Judgement,
): Pick<ScenarioResult, 'verdict' | 'findings' | 'reasons'> {
  for (const { code } of findings) {
    if (!Object.hasOwn(scenario.findings, code)) {
      const known = Object.keys(scenario.findings).join(', ');
      throw new Error(`Expected ${scenario.id} to raise a finding of its catalogue (${known}), got ${code}`);
    }
  }
  const failed = findings.some((finding) => finding.severity === 'error');
  const verdict = failed ? 'failed' : inconclusive.length > 0 ? 'inconclusive' : 'passed';
  return { verdict, findings, reasons: inconclusive };
}
