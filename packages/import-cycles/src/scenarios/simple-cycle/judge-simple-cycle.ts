import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { cycleAsText, missingFrom } from '../finder/canonical-cycle.ts';
import { crashFinding, slowFinding } from '../finder/finder-verdicts.ts';
import { median } from '../statistics/median.ts';
import type { simpleCycleLimits } from './simple-cycle-limits.ts';
import type { SimpleCycleObservation } from './simple-cycle-observation.ts';

/** Exactly the cycle that was written must be found, in time, and CPython must do what was predicted. */
export function judgeSimpleCycle(
  observation: SimpleCycleObservation,
  limits: Limits<typeof simpleCycleLimits>,
): Judgement {
  const { crash, searchMs } = observation;
  if (crash !== null) return { findings: [crashFinding(crash)] };
  const findings = [...cycleFindings(observation), ...disagreements(observation)];
  const typical = median(searchMs);
  if (typical >= limits.maxSearch) findings.push(slowFinding(typical, limits.maxSearch));
  return { findings };
}

function cycleFindings({ expected, found, tried, imports }: SimpleCycleObservation): Finding[] {
  const wrong = missingFrom([expected], found);
  const executed = tried.map((attempt) =>
    attempt.cycle === null
      ? `CPython, importing ${attempt.module} first, met no module again`
      : `CPython, importing ${attempt.module} first, went round ${cycleAsText(attempt.cycle)}`,
  );
  const seen = `the analysis saw the imports ${imports.map(([from, to]) => `${from} -> ${to}`).join(', ') || '(none)'}`;
  if (wrong.length > 0) {
    return [
      {
        code: 'IMP022',
        severity: 'error',
        message: `Found ${wrong.map(cycleAsText).join(' and ')}, expected exactly ${cycleAsText(expected)}`,
        evidence: [...executed, seen],
        cause: {
          text: 'the modules import each other in another way than was written, or the analysis is wrong',
          certainty: 'unknown',
        },
      },
    ];
  }
  if (found.length > 0) return [];
  const isThere = tried.some(
    (attempt) => attempt.cycle !== null && missingFrom([expected], [attempt.cycle]).length === 0,
  );
  return [
    {
      code: 'IMP021',
      severity: 'error',
      message: `Found no cycle, expected exactly ${cycleAsText(expected)}`,
      evidence: [...executed, seen],
      cause: isThere
        ? { text: 'the analysis missed an import: CPython itself went round the cycle', certainty: 'certain' }
        : { text: 'the files hold no such cycle: CPython did not go round it either', certainty: 'certain' },
    },
  ];
}

function disagreements({ predicted, tried }: SimpleCycleObservation): Finding[] {
  const differences = predicted.flatMap((prediction) => {
    const really = tried.find((attempt) => attempt.module === prediction.module);
    if (really === undefined || really.error === prediction.error) return [];
    const said = prediction.error ?? 'no error';
    return [
      `${prediction.module} first: predicted ${said}, CPython gave ${really.error ?? 'no error'} (${really.message ?? '-'})`,
    ];
  });
  if (differences.length === 0) return [];
  return [
    {
      code: 'IMP025',
      severity: 'error',
      message: `CPython does something else than predicted for ${differences.length} of ${predicted.length} modules`,
      measured: { value: differences.length, unit: 'count' },
      evidence: differences,
      cause: { text: 'the prediction, or the import system of this interpreter', certainty: 'unknown' },
    },
  ];
}
