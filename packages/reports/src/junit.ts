import type { Finding, ScenarioResult } from '@seaworthy/scenario';
import type { RunRecord } from '@seaworthy/run-record';
import { diskWasFull } from './full-disk.ts';
import { findingBlock } from './terminal/finding-block.ts';
import { remarkOf } from './terminal/scenario-line.ts';
import { xmlDocument } from './xml.ts';
import type { XmlElement } from './xml.ts';

/**
 * JUnit XML in the profile that every reader of it takes: a suite for each group, a case for each scenario, no attributes
 * beyond name, class name and time. A failed check is a `failure`, a defect of the tool an `error`, what did not run or could
 * not be told `skipped` with the reason. Warnings and notes stand in `system-out`, whatever the verdict.
 */
export function formatJUnit(record: RunRecord): string {
  const groups = Map.groupBy(outcomesOf(record), ({ id }) => id.split('/')[0] ?? id);
  const suites = [...groups].map(([group, outcomes]) => suite(record, group, outcomes));
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'seaworthy', ...countsOf(outcomesOf(record)), time: seconds(record.durationMs) },
    children: suites,
  });
}

type Outcome = ScenarioResult | { readonly id: string; readonly verdict: 'not-run' };

/** Results in order, then what was planned and has none. */
function outcomesOf(record: RunRecord): readonly Outcome[] {
  const left = [...record.planned];
  for (const { id } of record.results) {
    const index = left.indexOf(id);
    if (index >= 0) left.splice(index, 1);
  }
  return [...record.results, ...left.map((id) => ({ id, verdict: 'not-run' as const }))];
}

function suite(record: RunRecord, name: string, outcomes: readonly Outcome[]): XmlElement {
  const spent = outcomes.reduce(
    (sum, outcome) => sum + ('durationMs' in outcome ? outcome.durationMs : 0),
    0,
  );
  return {
    name: 'testsuite',
    attributes: {
      name,
      ...countsOf(outcomes),
      time: seconds(spent),
      // Without a zone: its readers take it as a local time of the machine that reads.
      timestamp: record.startedAt.slice(0, 19),
    },
    children: outcomes.map((outcome) => testCase(record, outcome)),
  };
}

function testCase(record: RunRecord, outcome: Outcome): XmlElement {
  const [group = '', name = outcome.id] = outcome.id.split('/');
  const children =
    outcome.verdict === 'not-run'
      ? [notRun(record)]
      : [...outcomeElements(record, outcome), ...remarks(record, outcome)];
  const time = seconds('durationMs' in outcome ? outcome.durationMs : 0);
  return { name: 'testcase', attributes: { name, classname: `seaworthy.${group}`, time }, children };
}

function notRun(record: RunRecord): XmlElement {
  const why = record.interrupted === undefined ? '' : ` (${record.interrupted})`;
  return { name: 'skipped', attributes: { message: `not run: the run ended before${why}` } };
}

function outcomeElements(record: RunRecord, result: ScenarioResult): readonly XmlElement[] {
  const message = remarkOf(result);
  switch (result.verdict) {
    case 'passed':
      return [];
    case 'failed': {
      const errors = result.findings.filter((finding) => finding.severity === 'error');
      const type = errors[0]?.code ?? 'failed';
      return [{ name: 'failure', attributes: { message, type }, children: [blocks(record, result, errors)] }];
    }
    case 'error':
      return [
        {
          name: 'error',
          attributes: { message, type: diskWasFull(result) ? 'full-disk' : 'defect' },
          children: [result.error?.stack ?? message],
        },
      ];
    default:
      return [{ name: 'skipped', attributes: { message: `${result.verdict}: ${message}` } }];
  }
}

function remarks(record: RunRecord, result: ScenarioResult): readonly XmlElement[] {
  const findings = result.findings.filter((finding) => finding.severity !== 'error');
  return findings.length === 0 ? [] : [{ name: 'system-out', children: [blocks(record, result, findings)] }];
}

function blocks(record: RunRecord, result: ScenarioResult, findings: readonly Finding[]): string {
  const options = { color: false, width: 100 };
  return findings.map((finding) => findingBlock(record, result, finding, options).join('\n')).join('\n\n');
}

function countsOf(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const count = (...verdicts: Outcome['verdict'][]): number =>
    outcomes.filter((outcome) => verdicts.includes(outcome.verdict)).length;
  return {
    tests: outcomes.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped', 'inconclusive', 'not-run'),
  };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
