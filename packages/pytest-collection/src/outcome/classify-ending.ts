import type { CollectionOutcome } from '../model/collection-outcome.ts';
import { deathSignal } from './death-signal.ts';
import type { Ending } from './ending.ts';
import { classifyMemoryKill } from './memory-kill.ts';
import { classifyPytestEnding } from './pytest-ending.ts';
import { classifyStart } from './start-failure.ts';

/** By these a process is told to stop; all others mean that something broke. */
const INTERRUPTIONS: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);

/**
 * What kind of end a run came to. In the order of what explains most: the kernel's kills first, since all that follows
 * from one looks like something else (a hang, another exit code, even success); then what was done to the run; then
 * what pytest said of itself; the exit code last.
 */
export function classifyEnding(ending: Ending): CollectionOutcome {
  return (
    classifyMemoryKill(ending) ??
    classifyTimeout(ending) ??
    classifyPytestEnding(ending) ??
    classifySignal(ending) ??
    classifyEarlyInterruption(ending) ??
    classifyIncomplete(ending) ??
    classifyStart(ending) ?? {
      kind: 'vanished',
      exitCode: ending.exit.code ?? 0,
      at: ending.recording.last,
      ...(ending.pipe === undefined ? {} : { pipe: ending.pipe }),
    }
  );
}

function classifyTimeout(ending: Ending): CollectionOutcome | undefined {
  const { timedOut, stacks, waitsFor, recording } = ending;
  if (timedOut === undefined) return undefined;
  return {
    kind: 'timed-out',
    afterMs: timedOut.afterMs,
    at: recording.last,
    stacks,
    ...(waitsFor === undefined ? {} : { waitsFor }),
  };
}

function classifySignal(ending: Ending): CollectionOutcome | undefined {
  const signal = deathSignal(ending);
  if (signal === undefined) return undefined;
  const at = ending.recording.last;
  if (INTERRUPTIONS.has(signal)) return { kind: 'interrupted', by: signal, at };
  return { kind: 'crashed', signal, at, stacks: ending.stacks };
}

/** An interpreter that is interrupted before it has come to itself, or to pytest, just fails. */
function classifyEarlyInterruption({
  interruptedBy,
  exit,
  recording,
}: Ending): CollectionOutcome | undefined {
  const failed = interruptedBy !== undefined && exit.code !== 0;
  return failed ? { kind: 'interrupted', by: interruptedBy, at: recording.last } : undefined;
}

/** What would have told how it ended could not be written. */
function classifyIncomplete({ recording, exit }: Ending): CollectionOutcome | undefined {
  const { incomplete, noPytest, last } = recording;
  if (incomplete === undefined || noPytest !== undefined) return undefined;
  return { kind: 'not-recorded', exitCode: exit.code ?? 0, at: last, why: incomplete };
}
