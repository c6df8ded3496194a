import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { cycleAsText, missingFrom } from '../finder/canonical-cycle.ts';
import { crashFinding, slowFinding } from '../finder/finder-verdicts.ts';
import type { complexWebLimits } from './complex-web-limits.ts';
import type { ComplexWebObservation, WebReading } from './complex-web-observation.ts';

type ComplexWebLimits = Limits<typeof complexWebLimits>;

const SHOWN = 5;

/** The analysis must find what CPython's parser and an independent search find, in time and in little memory. */
export function judgeComplexWeb(observation: ComplexWebObservation, limits: ComplexWebLimits): Judgement {
  const { found, reference, searchMs, peakBytes, crash } = observation;
  if (found === null) return { findings: [crashFinding(crash ?? 'no answer')] };
  const findings = differences(found, reference);
  const coverage = coverageOf(observation);
  // Where knots were missed, their modules are missed too: that is no finding of its own.
  const isComplete = findings.every((finding) => finding.code !== 'IMP021');
  if (isComplete && coverage < limits.minCoverage)
    findings.push(coverageFinding(observation, coverage, limits));
  if (searchMs >= limits.maxSearch) findings.push(slowFinding(searchMs, limits.maxSearch));
  if (peakBytes >= limits.maxMemory) findings.push(memoryFinding(peakBytes, limits));
  return { findings };
}

/** Share of the web's modules that are in a knot found, in percent. */
export function coverageOf({ found, modules }: ComplexWebObservation): number {
  return (100 * new Set(found?.knots.flat()).size) / modules;
}

function differences(found: WebReading, reference: WebReading): Finding[] {
  const missed = [
    ...missingFrom(found.knots, reference.knots),
    ...missingFrom(found.cycles, reference.cycles),
  ];
  const invented = [
    ...missingFrom(reference.knots, found.knots),
    ...missingFrom(reference.cycles, found.cycles),
  ];
  const figures = [
    `the analysis found ${found.imports} imports, ${found.knots.length} knots and ${found.cycles.length} cycles`,
    `CPython's parser and a search of its own found ${reference.imports}, ${reference.knots.length} and ${reference.cycles.length}`,
  ];
  const list = (cycles: readonly (readonly string[])[]): string[] => [
    ...cycles.slice(0, SHOWN).map(cycleAsText),
    ...(cycles.length > SHOWN ? [`and ${cycles.length - SHOWN} more`] : []),
  ];
  const findings: Finding[] = [];
  // A knot that was torn apart, or grew, shows up on both sides: the cycles decide which of the two it is.
  if (missingFrom(found.cycles, reference.cycles).length > 0) {
    findings.push({
      code: 'IMP021',
      severity: 'error',
      message: `${missed.length} knots and cycles of the web were missed`,
      measured: { value: missed.length, unit: 'count' },
      evidence: [...figures, ...list(missed)],
      cause: {
        text:
          found.imports < reference.imports
            ? 'the analysis sees fewer imports than CPython'
            : 'the search for cycles',
        certainty: found.imports < reference.imports ? 'certain' : 'likely',
      },
    });
  } else if (invented.length > 0 || missed.length > 0) {
    findings.push({
      code: 'IMP022',
      severity: 'error',
      message: `${invented.length} knots and cycles were found that are not in the web`,
      measured: { value: invented.length, unit: 'count' },
      evidence: [...figures, ...list(invented)],
      cause: {
        text: 'imports are counted that an import does not execute, or the search for cycles',
        certainty: 'likely',
      },
    });
  }
  return findings;
}

function coverageFinding(
  { found, modules }: ComplexWebObservation,
  coverage: number,
  limits: ComplexWebLimits,
): Finding {
  return {
    code: 'IMP026',
    severity: 'error',
    message: `Knots contain ${coverage.toFixed(0)} % of the ${modules} modules; at least ${limits.minCoverage} % are expected of such a web`,
    measured: { value: coverage, unit: 'percent' },
    limit: { name: 'minCoverage', value: limits.minCoverage, unit: 'percent', bound: 'least' },
    evidence: found?.knots.map((knot) => knot.join(', ')) ?? [],
    cause: {
      text: 'the web that was written holds fewer cycles than it should, or knots were missed',
      certainty: 'unknown',
    },
  };
}

function memoryFinding(peakBytes: number, limits: ComplexWebLimits): Finding {
  return {
    code: 'IMP027',
    severity: 'error',
    message: `A process that analyses the web needed ${(peakBytes / 1e6).toFixed(0)} MB at its peak; it must stay below ${(limits.maxMemory / 1e6).toFixed(0)} MB`,
    measured: { value: peakBytes, unit: 'bytes' },
    limit: { name: 'maxMemory', value: limits.maxMemory, unit: 'bytes', bound: 'most' },
    cause: { text: 'the analysis keeps more than it needs', certainty: 'likely' },
  };
}
