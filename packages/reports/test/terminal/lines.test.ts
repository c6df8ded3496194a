import type { FaultProof } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { formatProofMatrix, formatScenarioLine, wrapIndented } from '../../src/index.ts';
import { aFinding, aResult } from '../a-record.ts';

test.each([
  [aResult(), 'ok      imports/project              1.23 s'],
  [
    aResult({ verdict: 'failed', findings: [aFinding(), aFinding()] }),
    'FAIL    imports/project              1.23 s  IMP006 A cycle of 7 modules, at most 5 are allowed (and 1 more)',
  ],
  [
    aResult({ verdict: 'inconclusive', reasons: ['busy', 'no pressure'] }),
    'unclear imports/project              1.23 s  busy; no pressure',
  ],
  [
    aResult({ verdict: 'skipped', missing: { what: 'Python', how: 'install\nit' } }),
    'skipped imports/project              1.23 s  needs Python: install\\nit',
  ],
  [
    aResult({ findings: [aFinding({ severity: 'warning' })] }),
    'ok      imports/project              1.23 s  1 warning',
  ],
])('a finished scenario is one line', (result, line) => {
  expect(formatScenarioLine(result)).toBe(line);
});

test('what there is to say goes on below where the columns are too few, and times stay in their column', () => {
  const result = aResult({
    verdict: 'inconclusive',
    reasons: ['the machine was busy', 'no pressure was made'],
  });
  expect(formatScenarioLine(result, { width: 50, idWidth: 28 })).toBe(
    [
      'unclear imports/project                  1.23 s',
      '        the machine was busy; no pressure was made',
    ].join('\n'),
  );
  expect(formatScenarioLine(result, { width: 100 })).not.toContain('\n');
});

test('further lines stand behind spaces', () => {
  expect(wrapIndented('one two three four five six seven', 20, 4)).toBe(
    'one two three four\n    five six seven',
  );
});

test('a note is counted', () => {
  const findings = [aFinding({ severity: 'warning' }), aFinding({ severity: 'note' })];
  expect(formatScenarioLine(aResult({ findings }))).toMatch(/ {2}1 warning, 1 note$/);
});

function aProof(fault: string, state: FaultProof['state'], more: Partial<FaultProof> = {}): FaultProof {
  return {
    scenario: 'imports/leak',
    fault,
    breaks: 'modules stay',
    raises: 'IMP005',
    state,
    raised: state === 'caught' ? ['IMP005'] : [],
    durationMs: 500,
    ...more,
  };
}

test('the matrix shows every fault, what happened instead, and the controls', () => {
  const text = formatProofMatrix([
    {
      id: 'imports/leak',
      before: aResult({ id: 'imports/leak' }),
      after: aResult({ id: 'imports/leak', startedAt: '2026-11-24T06:00:05.000Z' }),
      faults: [
        aProof('keeps-references', 'caught'),
        aProof('no-unload', 'survived', { applied: '20 rounds without unload' }),
        aProof('other', 'wrong-finding', { raised: ['IMP001'] }),
        aProof('blocked', 'void', { reason: 'the control run failed' }),
      ],
    },
  ]);
  expect(text).toBe(`\
imports/leak  without a fault: before passed, after passed
  caught         imports/leak keeps-references IMP005   modules stay
  SURVIVED       imports/leak no-unload        IMP005   modules stay
      in place: 20 rounds without unload
      raised: nothing
  WRONG FINDING  imports/leak other            IMP005   modules stay
      raised: IMP001
  VOID           imports/leak blocked          IMP005   modules stay
      the control run failed

1 of 4 faults caught, 2 not caught, 1 told nothing (the run with the fault broke or was cut off) in 6.23 s
`);
});

test('what could not be tried is told from what was not caught, and an interruption is said', () => {
  const before = aResult({ id: 'limits/configuration', verdict: 'failed' });
  const cut = aResult({ id: 'limits/memory', verdict: 'inconclusive', cutOff: 'run' });
  const text = formatProofMatrix(
    [
      { id: 'imports/leak', before: aResult(), after: aResult(), faults: [aProof('one', 'caught')] },
      { id: before.id, before, faults: [aProof('two', 'void'), aProof('three', 'void')] },
      { id: cut.id, before: cut, faults: [aProof('four', 'void')] },
    ],
    { interrupted: 'SIGINT' },
  );
  expect(text).toMatch(
    /^1 of 4 faults caught, 2 could not be tried \(control run was not green\), 1 could not be tried \(the run was cut short\) in .*\nInterrupted: this is a partial result\.\n$/m,
  );
});
