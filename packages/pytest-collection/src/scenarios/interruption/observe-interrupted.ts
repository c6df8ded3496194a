import type { CollectionRun } from '../../model/collection-run.ts';
import type { PhaseRecord, Recording } from '../../model/recording.ts';
import { isTestFile } from '../../trees/tree-file.ts';
import type { InterruptedRun, ObservedRun } from './interruption-observation.ts';

const PRINTED_KEPT = 2000;
/** A signal is delivered long before, also to a process that waits for a processor. */
const AT_ONCE_MS = 1000;

export function observeRun({
  outcome,
  exit,
  wallMs,
  recording,
  leftBehind,
  output,
}: CollectionRun): ObservedRun {
  const { items, sources, leftovers } = recording;
  return {
    outcome,
    exit,
    wallMs,
    tests: items?.found ?? null,
    hash: items?.hash ?? null,
    bytecode: {
      hits: sources.filter(({ hit }) => hit).length,
      written: sources.filter(({ written }) => written).length,
    },
    leftBehind,
    threads: leftovers?.threads.map(({ name, daemon }) => (daemon ? `${name} (daemon)` : name)) ?? [],
    printed: output.stderr.slice(-PRINTED_KEPT),
  };
}

export function observeInterrupted(run: CollectionRun): InterruptedRun {
  const stopMs = run.stopMs ?? null;
  const sentMs = run.wallMs - (stopMs ?? 0);
  return {
    ...observeRun(run),
    afterMs: sentMs,
    stopMs,
    met: stopMs === null ? 'too-late' : metAt(run.recording, sentMs),
    wentOn: stopMs !== null && hasGoneOn(run, sentMs),
    files: new Set(
      run.recording.collectors.map(({ nodeId }) => nodeId).filter((path) => isTestFile({ path })),
    ).size,
  };
}

/** What a signal at a moment (ms after the start) met. */
function metAt(recording: Recording, sentMs: number): InterruptedRun['met'] {
  const collect = collectPhase(recording);
  if (collect === undefined || sentMs < collect.atMs) return 'too-early';
  return sentMs <= collect.atMs + collect.wallMs ? 'collection' : 'too-late';
}

/** It came to its end, or would have: it was still collecting file after file when it was killed. */
function hasGoneOn({ outcome, recording }: CollectionRun, sentMs: number): boolean {
  if (outcome.kind === 'timed-out')
    return recording.collectors.some(({ atMs }) => atMs > sentMs + AT_ONCE_MS);
  return outcome.kind === 'finished' || outcome.kind === 'errors' || outcome.kind === 'nothing-collected';
}

const collectPhase = ({ phases }: Recording): PhaseRecord | undefined =>
  phases.find(({ name }) => name === 'collect');
