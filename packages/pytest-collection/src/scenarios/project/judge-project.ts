import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { counted, formatBytes, formatDuration, formatShare, grouped } from '../../formats/quantity.ts';
import type { CollectionError } from '../../model/recording.ts';
import { describeEnd } from '../collect/ended-finding.ts';
import { causeFindings } from './cause-findings.ts';
import type { projectLimits } from './project-limits.ts';
import type { ObservedRun, ProjectObservation } from './project-observation.ts';
import { othersHadIt, tooBusy } from '../too-busy.ts';

type ProjectLimits = Limits<typeof projectLimits>;

/** Less than so much hidden time is start-up that every run of pytest has. */
const HIDDEN_MS = 5_000;
/** Of a traceback: its end says what happened. */
const SHOWN_LINES = 8;

/**
 * The suite must be collected whole and within the limits: what keeps it from that is an error. What can be made cheaper
 * is a warning, with its fix.
 */
export function judgeProject(observation: ProjectObservation, limits: ProjectLimits): Judgement {
  const time = judgeTime(observation, limits);
  return {
    ...time,
    findings: [
      ...errorFindings(observation, limits),
      ...endFindings(observation),
      ...testFindings(observation, limits),
      ...time.findings,
      ...memoryFindings(observation, limits),
      ...hiddenFindings(observation, limits),
      ...causeFindings(observation.causes),
    ],
  };
}

function errorFindings({ errors, errorCount }: ProjectObservation, { maxErrors }: ProjectLimits): Finding[] {
  const severity = errorCount > maxErrors ? 'error' : 'warning';
  const left = errorCount - errors.length;
  return errors.map((error, i) => ({
    code: 'COL050',
    severity,
    message: `${describeError(error)}${i === errors.length - 1 && left > 0 ? ` (and ${counted(left, 'more such file')})` : ''}`,
    ...(i === 0
      ? {
          measured: { value: errorCount, unit: 'count' },
          limit: { name: 'maxErrors', value: maxErrors, unit: 'count', bound: 'most' },
        }
      : {}),
    ...placeOf(error),
    evidence: error.traceback.trimEnd().split('\n').slice(-SHOWN_LINES),
  }));
}

function describeError({ path, nodeId, type, message }: CollectionError): string {
  return `${path ?? nodeId} cannot be collected: ${type}: ${message.split('\n')[0]}`;
}

function placeOf({ path, raisedIn, line }: CollectionError): Pick<Finding, 'location'> {
  const place = raisedIn ?? path;
  if (place === undefined) return {};
  return { location: { path: place, ...(line === undefined || raisedIn === undefined ? {} : { line }) } };
}

/** Of a run that did not come to its end. */
function endFindings({ outcome, errorCount, command, runs }: ProjectObservation): Finding[] {
  if (outcome.kind === 'finished' || outcome.kind === 'nothing-collected') return [];
  if (outcome.kind === 'errors' && errorCount > 0) return [];
  const { message, evidence, cause } = describeEnd(outcome, errorCount);
  const code =
    outcome.kind === 'killed-for-memory' ? 'COL054' : outcome.kind === 'timed-out' ? 'COL055' : 'COL056';
  const at = 'at' in outcome ? outcome.at.path : 'path' in outcome ? outcome.path : undefined;
  const peak = slowestOf(runs)?.peak;
  return [
    {
      code,
      severity: 'error',
      message,
      ...(at === undefined ? {} : { location: { path: at } }),
      evidence: [
        ...evidence,
        ...(code === 'COL054' && peak !== undefined && peak.source !== 'none'
          ? [`peak ${formatBytes(peak.bytes)}`]
          : []),
        `reproduce: ${command}`,
      ],
      ...(cause === undefined ? {} : { cause }),
    },
  ];
}

function testFindings(
  { outcome, tests, command, image }: ProjectObservation,
  { minTests }: ProjectLimits,
): Finding[] {
  if (outcome.kind !== 'finished' && outcome.kind !== 'nothing-collected') return [];
  const selected = tests.found - tests.deselected;
  if (selected >= minTests) return [];
  return [
    {
      code: 'COL053',
      severity: 'error',
      message: `${counted(selected, 'test')} in ${counted(tests.files, 'file')} found; there must be at least ${grouped(minTests)}`,
      measured: { value: selected, unit: 'count' },
      limit: { name: 'minTests', value: minTests, unit: 'count', bound: 'least' },
      evidence: [
        `${counted(tests.deselected, 'test')} deselected`,
        ...(image === undefined
          ? []
          : [
              `pytest looked into ${image.folder} of the image ${image.name} alone: what a compose file mounts there (volumes) is not in the image, and was not collected`,
            ]),
        `reproduce: ${command}`,
      ],
      ...causeOfFewTests(tests, image),
    },
  ];
}

function causeOfFewTests(
  { found, deselected }: ProjectObservation['tests'],
  image: ProjectObservation['image'],
): Pick<Finding, 'cause'> {
  if (deselected > 0 && found === deselected)
    return { cause: { text: 'the selection takes every test away', certainty: 'certain' } };
  if (found > 0 || image === undefined) return {};
  return {
    cause: {
      text: `the image has no tests in ${image.folder}: they were not copied into it, but are mounted when the service is started`,
      certainty: 'likely',
    },
  };
}

function judgeTime({ runs, outcome }: ProjectObservation, { maxDuration }: ProjectLimits): Judgement {
  const run = slowestOf(runs);
  if (run === undefined || !cameToItsEnd(outcome) || run.wallMs < maxDuration) return { findings: [] };
  const { wallMs, cpuMs, waitedForCpuMs, phases } = run;
  const message = `Collection took ${formatDuration(wallMs)}; it must take less than ${formatDuration(maxDuration)}`;
  if (wallMs - (waitedForCpuMs ?? 0) < maxDuration) return tooBusy(message, othersHadIt(waitedForCpuMs));
  return {
    findings: [
      {
        code: 'COL051',
        severity: 'error',
        message,
        measured: { value: wallMs, unit: 'ms' },
        limit: { name: 'maxDuration', value: maxDuration, unit: 'ms', bound: 'most' },
        evidence: [
          `${formatDuration(cpuMs)} of processor time`,
          `by phase: ${phases.map((phase) => `${phase.name} ${formatDuration(phase.wallMs)}`).join(', ')}`,
        ],
      },
    ],
  };
}

function memoryFindings(
  { runs, files, conftests }: ProjectObservation,
  { maxMemory }: ProjectLimits,
): Finding[] {
  const peaks = [runs.cold, runs.warm].flatMap((run) => (run === undefined ? [] : [run.peak]));
  const peak = peaks.filter(({ source }) => source !== 'none').sort((a, b) => b.bytes - a.bytes)[0];
  if (peak === undefined || peak.bytes < maxMemory) return [];
  const heaviest = [...files, ...conftests].sort((a, b) => b.memoryBytes - a.memoryBytes).slice(0, 3);
  return [
    {
      code: 'COL052',
      severity: 'error',
      message: `Collection took ${formatBytes(peak.bytes)} at the peak; it must take less than ${formatBytes(maxMemory)}`,
      measured: { value: peak.bytes, unit: 'bytes' },
      limit: { name: 'maxMemory', value: maxMemory, unit: 'bytes', bound: 'most' },
      evidence: [
        ...heaviest.map(({ path, memoryBytes }) => `${path}: ${formatBytes(memoryBytes)}`),
        `measured by ${peak.source}`,
      ],
    },
  ];
}

function hiddenFindings({ runs, outcome }: ProjectObservation, { maxHiddenShare }: ProjectLimits): Finding[] {
  const run = runs.warm ?? runs.cold;
  const hiddenMs = run === undefined ? undefined : hiddenMsOf(run);
  if (run === undefined || hiddenMs === undefined || hiddenMs < HIDDEN_MS) return [];
  if (!cameToItsEnd(outcome)) return [];
  if (hiddenMs / run.wallMs < maxHiddenShare) return [];
  return [
    {
      code: 'COL057',
      severity: 'error',
      message: `pytest says that collection took ${formatDuration(run.wallMs - hiddenMs)}, but ${formatDuration(hiddenMs)} more (${formatShare(hiddenMs, run.wallMs)} of all) go before and after that`,
      measured: { value: hiddenMs / run.wallMs, unit: 'ratio' },
      limit: { name: 'maxHiddenShare', value: maxHiddenShare, unit: 'ratio', bound: 'most' },
      evidence: run.phases.map(({ name, wallMs }) => `${name}: ${formatDuration(wallMs)}`),
    },
  ];
}

/** That what hung took long, and that it never ended, is no news. */
function cameToItsEnd({ kind }: ProjectObservation['outcome']): boolean {
  return kind === 'finished' || kind === 'errors' || kind === 'nothing-collected';
}

/** Time that pytest's own figure leaves out, ms. */
export function hiddenMsOf({ wallMs, pytestSaysMs }: ObservedRun): number | undefined {
  return pytestSaysMs === undefined ? undefined : Math.max(0, wallMs - pytestSaysMs);
}

function slowestOf({ cold, warm }: ProjectObservation['runs']): ObservedRun | undefined {
  if (cold === undefined || warm === undefined) return cold ?? warm;
  return cold.wallMs >= warm.wallMs ? cold : warm;
}
