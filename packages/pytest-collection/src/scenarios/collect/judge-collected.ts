import type { Finding, Judgement } from '@seaworthy/scenario';
import { counted, formatBytes, formatDuration, formatLimit, grouped } from '../../formats/quantity.ts';
import type { CollectLimits } from './collect-limits.ts';
import { dearestByMemory, dearestByTime, dearestEvidence } from './dear-cause.ts';
import { endedFinding } from './ended-finding.ts';
import type { ObservedCollection } from './observed-collection.ts';
import { allowedMs } from './tree-plan.ts';
import { othersHadIt, tooBusy } from '../too-busy.ts';

/**
 * Judges one collection of a generated tree: it must come to its end without an error (COL005 to COL007), find exactly the
 * tests that were written (COL004), in time (COL001, COL003) and in little memory (COL002). What is late only because
 * other processes had the processors is not judged.
 */
export function judgeCollected(observed: ObservedCollection, limits: CollectLimits): Judgement {
  const parts = [
    judgeEnd(observed, limits),
    judgeTests(observed),
    judgeTime(observed, limits),
    judgeRate(observed, limits),
    judgeMemory(observed, limits),
  ];
  const inconclusive = parts.flatMap((part) => part.inconclusive ?? []);
  return {
    findings: parts.flatMap((part) => part.findings),
    ...(inconclusive.length === 0 ? {} : { inconclusive }),
  };
}

const NOTHING: Judgement = { findings: [] };

/** Whether the process came to its own end, so that its time and its tests say something. */
export function isComplete({ outcome }: Pick<ObservedCollection, 'outcome'>): boolean {
  return outcome.kind === 'finished' || outcome.kind === 'nothing-collected';
}

function judgeEnd(observed: ObservedCollection, { maxDuration }: CollectLimits): Judgement {
  const { outcome, waitedForCpuMs, share } = observed;
  if (
    outcome.kind === 'timed-out' &&
    outcome.afterMs - (waitedForCpuMs ?? 0) < allowedMs(maxDuration, share)
  ) {
    return busy(`It was not through after ${formatDuration(outcome.afterMs)}`, observed);
  }
  const finding = endedFinding(observed);
  return finding === undefined ? NOTHING : { findings: [finding] };
}

/** Exactly the tests that were written, where nothing else says already that some are missing. */
export function judgeTests(observed: ObservedCollection): Judgement {
  const { expected, found } = observed;
  if (!isComplete(observed)) return NOTHING;
  if (found === null) return { findings: [], inconclusive: ['What was collected was not told.'] };
  if (found.tests === expected.tests && found.files === expected.files) return NOTHING;
  const difference = found.tests - expected.tests;
  const how =
    difference === 0
      ? `in ${grouped(found.files)} instead of ${grouped(expected.files)} files`
      : difference < 0
        ? `${grouped(-difference)} are lost`
        : `${grouped(difference)} too many`;
  return {
    findings: [
      {
        code: 'COL004',
        severity: 'error',
        message: `pytest found ${grouped(found.tests)} of ${counted(expected.tests, 'test')}, in ${grouped(found.files)} of ${counted(expected.files, 'file')}, and reported no error: ${how}`,
        measured: { value: found.tests, unit: 'count' },
        evidence: [`${counted(found.deselected, 'test')} deselected`, ...pluginEvidence(observed)],
        cause: {
          text: 'a plugin, conftest or configuration that leaves files or tests out',
          certainty: 'likely',
        },
      },
    ],
  };
}

function judgeTime(observed: ObservedCollection, { maxDuration }: CollectLimits): Judgement {
  const { outcome, wallMs, waitedForCpuMs, share } = observed;
  if (!isComplete(observed) && outcome.kind !== 'errors') return NOTHING;
  const allowed = allowedMs(maxDuration, share);
  if (wallMs < allowed) return NOTHING;
  const message = `${describeWork(observed)} took ${formatDuration(wallMs)}; it must take less than ${formatDuration(allowed)}`;
  if (wallMs - (waitedForCpuMs ?? 0) < allowed) return busy(message, observed);
  const dear = dearestByTime(observed);
  return {
    findings: [
      {
        code: 'COL001',
        severity: 'error',
        message,
        measured: { value: wallMs, unit: 'ms' },
        limit: { name: 'maxDuration', value: allowed, unit: 'ms', bound: 'most' },
        evidence: [...timeEvidence(observed), ...dearestEvidence(observed, 'wallMs')],
        ...dear,
      },
    ],
  };
}

function judgeRate(observed: ObservedCollection, { minRate }: CollectLimits): Judgement {
  const { found, wallMs, waitedForCpuMs } = observed;
  if (minRate === undefined || !isComplete(observed) || found === null) return NOTHING;
  const rate = (1000 * found.tests) / wallMs;
  if (rate > minRate) return NOTHING;
  // Nothing found is not slow, but lost.
  if (found.tests === 0) return NOTHING;
  const message = `${grouped(Math.round(10 * rate) / 10)} tests a second were found (${grouped(found.tests)} in ${formatDuration(wallMs)}); it must be more than ${grouped(minRate)}`;
  if ((1000 * found.tests) / (wallMs - (waitedForCpuMs ?? 0)) > minRate) return busy(message, observed);
  return {
    findings: [
      {
        code: 'COL003',
        severity: 'error',
        message,
        measured: { value: rate, unit: 'per-second' },
        limit: { name: 'minRate', value: minRate, unit: 'per-second', bound: 'least' },
        evidence: [...timeEvidence(observed), ...dearestEvidence(observed, 'wallMs')],
        ...dearestByTime(observed),
      },
    ],
  };
}

/** Memory is judged however the run ended: a peak is one, and so is all that a container has. */
function judgeMemory(observed: ObservedCollection, { maxMemory }: CollectLimits): Judgement {
  const { peak, outcome } = observed;
  const available = limitThatKilled(outcome);
  if (peak.source === 'none') {
    const cannotTell = outcome.kind === 'finished' ? ['The peak of memory could not be measured here.'] : [];
    return { findings: [], inconclusive: cannotTell };
  }
  const tookAll = available !== undefined && available <= maxMemory;
  if (peak.bytes < maxMemory && !tookAll) return NOTHING;
  const finding: Finding = {
    code: 'COL002',
    severity: 'error',
    ...(tookAll
      ? {
          message: `${describeWork(observed)} took all of the ${formatLimit(available)} that there are under the limit around it, and was killed for it`,
          measured: { value: peak.bytes, unit: 'bytes' },
        }
      : {
          message: `${describeWork(observed)} took ${formatBytes(peak.bytes)} at the peak; it must take less than ${formatBytes(maxMemory)}`,
          measured: { value: peak.bytes, unit: 'bytes' },
          limit: { name: 'maxMemory', value: maxMemory, unit: 'bytes', bound: 'most' },
        }),
    evidence: [
      `grown by phase: ${observed.phases.map(({ name, memoryBytes }) => `${name} ${formatBytes(memoryBytes)}`).join(', ')}`,
      `measured by ${peak.source}`,
      ...dearestEvidence(observed, 'memoryBytes'),
      ...pluginEvidence(observed),
    ],
    ...dearestByMemory(observed),
  };
  return { findings: [finding] };
}

/** The limit (bytes) of a container or the like, where all of a run was killed for having reached it. */
function limitThatKilled(outcome: ObservedCollection['outcome']): number | undefined {
  if (outcome.kind !== 'killed-for-memory' || outcome.hit === 'child') return undefined;
  return outcome.by === 'own-limit' || outcome.by === 'ancestor-limit' ? outcome.limitBytes : undefined;
}

/** A sentence on a figure that a busy machine is to blame for. */
function busy(message: string, { waitedForCpuMs }: ObservedCollection): Judgement {
  return tooBusy(message, othersHadIt(waitedForCpuMs));
}

function describeWork({ expected }: ObservedCollection): string {
  return `Collecting ${counted(expected.tests, 'test')} in ${counted(expected.files, 'file')}`;
}

function timeEvidence(observed: ObservedCollection): readonly string[] {
  const { cpuMs, waitedForCpuMs, phases } = observed;
  const waited =
    waitedForCpuMs === null ? '' : `, ${formatDuration(waitedForCpuMs)} of waiting for a processor`;
  return [
    `${formatDuration(cpuMs)} of processor time${waited}`,
    `by phase: ${phases.map(({ name, wallMs }) => `${name} ${formatDuration(wallMs)}`).join(', ')}`,
    ...pluginEvidence(observed),
  ];
}

function pluginEvidence({ plugins }: ObservedCollection): readonly string[] {
  return plugins.length === 0 ? [] : [`plugins installed: ${plugins.join(', ')}`];
}
