import { MEMORY_GUARD_PREFIX } from '../memory-guard/memory-guard.ts';
import type { CollectionOutcome, KilledBy } from '../model/collection-outcome.ts';
import { deathSignal } from './death-signal.ts';
import { NOT_PREPARED } from '../run/prepared-command.ts';
import type { Ending } from './ending.ts';

type KilledForMemory = Extract<CollectionOutcome, { kind: 'killed-for-memory' }>;

/** Whether the run, or a part of it, was ended for its memory; by the kernel's counters, not by the exit code. */
export function classifyMemoryKill(ending: Ending): KilledForMemory | undefined {
  if (guardEnded(ending)) return killedBy(ending, 'guard');
  const { own, ancestors, host, limitBytes } = ending.usage.memoryKills;
  if (own > 0) return killedBy(ending, 'own-limit', limitBytes ?? ending.limit?.bytes);
  if (ancestors + host > 0 && victimIsOurs(ending)) {
    return ancestors > 0 ? killedBy(ending, 'ancestor-limit', limitBytes) : killedBy(ending, 'host');
  }
  if (ending.limit?.tier === 'address-space' && ranOutOfAddressSpace(ending)) {
    return killedBy(ending, 'address-space-limit', ending.limit.bytes);
  }
  return undefined;
}

function guardEnded({ guardReason, recording }: Ending): boolean {
  return guardReason !== undefined || (recording.ending?.reason?.includes(MEMORY_GUARD_PREFIX) ?? false);
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

const NO_MORE_SPACE =
  /MemoryError|cannot allocate memory|failed to map segment|can't start new thread|out of memory|std::bad_alloc/i;

/** Where address space is limited, no one is killed: allocations fail, and whoever made them says so in his own way. */
function ranOutOfAddressSpace({ recording, exit, timedOut }: Ending): boolean {
  if (timedOut !== undefined) return false;
  const { ending, errors } = recording;
  const said = [ending?.reason, ending?.traceback, ...errors.flatMap(({ type, message }) => [type, message])];
  if (said.some((text) => text !== undefined && NO_MORE_SPACE.test(text))) return true;
  if (exit.code === NOT_PREPARED) return false; // There was no limit yet.
  return recording.python === undefined && exit.code !== 0 && exit.signal === null;
}

function killedBy(ending: Ending, by: KilledBy, limitBytes?: number): KilledForMemory {
  const victim = by === 'guard' || by === 'address-space-limit' ? undefined : victimOf(ending);
  return {
    kind: 'killed-for-memory',
    by,
    at: ending.recording.last,
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(victim === undefined ? {} : { victim }),
  };
}

/** pytest itself where it never came to an end; otherwise the largest of the other processes that were seen. */
function victimOf({ recording, usage }: Ending): string | undefined {
  const python = recording.python?.pid;
  const { processes } = usage.peak;
  const pytestDied = recording.ending === undefined;
  const victim = pytestDied
    ? (processes.find(({ pid }) => pid === python) ?? processes[0])
    : processes.find(({ pid }) => pid !== python);
  return victim === undefined ? undefined : `${victim.command} (pid ${victim.pid})`;
}
