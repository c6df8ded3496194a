import type { Death } from '../model/death.ts';
import type { DeathEvidence } from './death-evidence.ts';
import { readEnding, type Ending } from './ending.ts';
import { findGuiltyLimit } from './guilty-limit.ts';
import { findKernelKill, type KernelKill } from './kernel-kill.ts';

/**
 * Who or what ended a process. A verdict is certain where two independent witnesses say the same: how it ended (its parent
 * saw that), the kernel's counters, the engine, the process itself.
 *
 * - SIGKILL (or 137) is the kernel's for memory only where its count rose or the engine told so; else it was sent.
 * - SIGBUS (135) is memory that is shared and has no room left (/dev/shm).
 * - A fork that was refused ends a process with a code of its own choice, and no event: `pids.events` counts it.
 * - Any other exit code is the process's own, even where the engine flags OOMKilled: that was another process.
 */
export function attributeDeath(evidence: DeathEvidence): Death {
  const ending = readEnding(evidence.ending);
  if (ending === undefined) return { by: 'unknown', certainty: 'unknown', witnesses: [] };
  if (ending.signal === 'SIGKILL') return attributeKill(evidence, ending);
  if (ending.signal === 'SIGBUS') return attributeBusError(evidence, ending);
  if (ending.signal !== undefined) return attributeSignal(evidence, ending, ending.signal);
  return attributeExit(evidence, ending);
}

function attributeKill(evidence: DeathEvidence, ending: Ending): Death {
  const kill = findKernelKill(evidence);
  const witnesses = [ending.text, ...kill.witnesses];
  if (evidence.sent === 'SIGKILL' && !(kill.counted !== undefined && kill.counted > 0)) {
    return { by: 'signal', certainty: 'certain', witnesses: [...witnesses, 'we sent it SIGKILL'] };
  }
  // The kernel's count is believed before the engine: of its kills the engine misses some and never invents any.
  const wasKernel = kill.counted === undefined ? kill.told : kill.counted > 0;
  if (wasKernel === true) return attributeToLimit(evidence, kill, witnesses);
  if (wasKernel === false) {
    // Two: it was killed, and not by the kernel for memory.
    return { by: 'signal', certainty: 'certain', witnesses };
  }
  return kill.witnesses.length > 0
    ? { by: 'signal', certainty: 'likely', witnesses }
    : { by: 'unknown', certainty: 'unknown', witnesses };
}

function attributeToLimit(evidence: DeathEvidence, kill: KernelKill, seen: readonly string[]): Death {
  const { by, limitBytes, limitFolder, witness, isSure } = findGuiltyLimit(evidence);
  const others = (evidence.deaths ?? 1) - (kill.counted ?? Infinity);
  const witnesses = [
    ...seen,
    ...(witness === undefined ? [] : [witness]),
    ...(others > 0
      ? [`${evidence.deaths} processes ended by SIGKILL, ${kill.counted} of them by the kernel`]
      : []),
  ];
  return {
    by,
    certainty:
      others <= 0 && (isSure || (by === 'own-limit' && onlyOwn(evidence) && corroborated(kill)))
        ? 'certain'
        : 'likely',
    witnesses,
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(limitFolder === undefined ? {} : { limitFolder }),
  };
}

/** One cgroup alone is limited, so that no other limit can have been meant. */
function onlyOwn({ cgroups = [] }: DeathEvidence): boolean {
  return (
    cgroups[0]?.limitBytes !== undefined &&
    cgroups.slice(1).every(({ limitBytes }) => limitBytes === undefined)
  );
}

function corroborated({ counted, told }: KernelKill): boolean {
  return (counted !== undefined && counted > 0) || told === true;
}

/** As near to full as the last page that did not fit. */
const FULL_BYTES = 64 * 1024;

function attributeBusError({ sharedMemory }: DeathEvidence, ending: Ending): Death {
  const isFull = sharedMemory !== undefined && sharedMemory.freeBytes <= FULL_BYTES;
  const shm =
    sharedMemory === undefined
      ? []
      : [`${sharedMemory.freeBytes} of ${sharedMemory.sizeBytes} bytes of /dev/shm were free`];
  if (sharedMemory !== undefined && !isFull) {
    // A file that was cut while it was mapped, for one.
    return { by: 'itself', certainty: 'likely', witnesses: [ending.text, ...shm] };
  }
  return {
    by: 'shared-memory',
    certainty: isFull ? 'certain' : 'likely',
    witnesses: [ending.text, ...shm],
    ...(isFull ? { limitBytes: sharedMemory.sizeBytes } : {}),
  };
}

/** Those that a program raises by its own fault; all others are sent by someone. */
const OF_ITS_OWN = new Set([
  'SIGSEGV',
  'SIGABRT',
  'SIGILL',
  'SIGFPE',
  'SIGTRAP',
  'SIGSYS',
  'SIGPIPE',
  'SIGXFSZ',
  'SIGXCPU',
]);

function attributeSignal({ sent, said }: DeathEvidence, ending: Ending, signal: string): Death {
  if (sent === signal) {
    return { by: 'signal', certainty: 'certain', witnesses: [ending.text, `we sent it ${signal}`] };
  }
  const witnesses = [ending.text, ...(said === undefined ? [] : [`it said ${said}`])];
  return {
    by: OF_ITS_OWN.has(signal) ? 'itself' : 'signal',
    certainty: said === undefined ? 'likely' : 'certain',
    witnesses,
  };
}

/** What a program says when it may not fork: the errno, Python's and shells' words for it. */
const FORK_REFUSED =
  /\b(EAGAIN|BlockingIOError|(can't|cannot) (fork|start new thread)|Resource temporarily unavailable)\b/i;

function attributeExit(evidence: DeathEvidence, ending: Ending): Death {
  const { said, cgroups = [], engine } = evidence;
  const refused = cgroups.filter(
    ({ before, after }) => (after.refusedForks ?? 0) > (before.refusedForks ?? after.refusedForks ?? 0),
  );
  const saidSo = said !== undefined && FORK_REFUSED.test(said);
  const counted = refused.map(
    ({ folder, before, after }) =>
      `forks refused in ${folder} rose from ${before.refusedForks} to ${after.refusedForks}`,
  );
  const words = said === undefined ? [] : [`it said ${said}`];
  if (saidSo || (counted.length > 0 && ending.code !== 0)) {
    return {
      by: 'pids-limit',
      certainty: saidSo && counted.length > 0 ? 'certain' : 'likely',
      witnesses: [ending.text, ...words, ...counted],
      ...(refused[0] === undefined ? {} : { limitFolder: refused[0].folder }),
    };
  }
  const kill = findKernelKill(evidence);
  const other =
    (kill.counted ?? 0) > 0 || kill.told === true
      ? ['another process of the sandbox was killed for memory']
      : [];
  const isSeenTwice = said !== undefined || kill.counted !== undefined || engine !== undefined;
  return {
    by: 'itself',
    certainty: isSeenTwice ? 'certain' : 'likely',
    witnesses: [ending.text, ...words, ...kill.witnesses, ...other],
  };
}
