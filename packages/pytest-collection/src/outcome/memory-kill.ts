import type { CollectionOutcome, KilledBy } from '../model/collection-outcome.ts';
import { deathSignal } from './death-signal.ts';
import type { Ending } from './ending.ts';
import { failedAllocation } from './failed-allocation.ts';
import { guardWords } from './guard-words.ts';
import { killPlace } from './kill-place.ts';
import { shownProcess } from './shown-process.ts';

type KilledForMemory = Extract<CollectionOutcome, { kind: 'killed-for-memory' }>;

/** Whether the run, or a part of it, was ended for its memory; by the kernel's counters, not by the exit code. */
export function classifyMemoryKill(ending: Ending): KilledForMemory | undefined {
  const words = guardWords(ending);
  if (words !== undefined) {
    return { kind: 'killed-for-memory', by: 'guard', at: ending.recording.last, ...words };
  }
  const { own, ancestors, host, limitBytes } = ending.usage.memoryKills;
  if (own > 0) return killedBy(ending, 'own-limit', limitBytes ?? ending.limit?.bytes);
  if (ancestors + host > 0 && victimIsOurs(ending)) {
    return ancestors > 0 ? killedBy(ending, 'ancestor-limit', limitBytes) : killedBy(ending, 'host');
  }
  if (ending.limit?.tier !== 'address-space') return undefined;
  const place = failedAllocation(ending);
  const by = { by: 'address-space-limit', limitBytes: ending.limit.bytes } as const;
  return place && { kind: 'killed-for-memory', ...by, ...place };
}

/** Only the run's own cgroup knows its victims; kills outside of it count where the run looks like a victim. */
function victimIsOurs(ending: Ending): boolean {
  const { source } = ending.usage.peak;
  if (source !== 'high-water-marks' && source !== 'none') return true;
  const signal = deathSignal(ending);
  return signal === 'SIGKILL' || (signal === undefined && diedSilently(ending));
}

/** Python was there, and ended in the middle without a word: behind a pipe that is all there is to see. */
function diedSilently({ recording, timedOut }: Ending): boolean {
  const { python, ending, incomplete } = recording;
  return python !== undefined && ending === undefined && incomplete === undefined && timedOut === undefined;
}

function killedBy(ending: Ending, by: KilledBy, limitBytes?: number): KilledForMemory {
  const { recording, usage } = ending;
  const killedAtItsExit = ending.exit.signal === 'SIGKILL' && ending.timedOut === undefined;
  const survived = recording.ending !== undefined && !killedAtItsExit;
  const victim = survived ? largestOther(ending) : pytestOrLargest(ending);
  return {
    kind: 'killed-for-memory',
    by,
    at: survived ? killPlace(recording, usage.memoryKills.seen) : recording.last,
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(victim === undefined ? {} : { victim }),
    ...(survived ? { hit: 'child' } : {}),
  };
}

function pytestOrLargest(ending: Ending): string | undefined {
  const pid = ending.recording.python?.pid;
  const { processes } = ending.usage.peak;
  if (pid !== undefined && processes.some((process) => process.pid === pid))
    return `pytest itself (pid ${pid})`;
  return processes[0] && named(processes[0]);
}

/** pytest came to its end, so it was one of its children: the largest that was seen. */
function largestOther({ recording, usage }: Ending): string | undefined {
  const other = usage.peak.processes.find(({ pid }) => pid !== recording.python?.pid);
  return other && named(other);
}

function named({ pid, command }: { readonly pid: number; readonly command: string }): string {
  return `${shownProcess(command)} (pid ${pid})`;
}
