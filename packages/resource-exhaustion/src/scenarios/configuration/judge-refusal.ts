import type { Finding, SourceLocation } from '@seaworthy/scenario';
import type { DeclaredService, SeenContainer, SystemFacts } from './configuration-observation.ts';
import { serviceFinding } from './service-finding.ts';
import { declaredSize } from './size-as-text.ts';

/** A limit that a refusal names. */
interface Named {
  /** As it stands in the file, with its value. */
  readonly text: string;
  readonly at?: SourceLocation | undefined;
  readonly fix: string;
  /** Findings that tell the same of the same line. */
  readonly told: readonly string[];
}

/** Why no container can be made with the limits of a service: the line to correct, and who refused it in which words. */
export function judgeRefusal(
  { refused, refusedBy = 'engine' }: SeenContainer,
  service: DeclaredService,
  system: SystemFacts,
  others: readonly Finding[],
): Finding | undefined {
  if (refused === undefined) return undefined;
  const named = limitIn(refused, service, system);
  if (others.some(({ code, severity }) => severity === 'error' && named?.told.includes(code) === true))
    return undefined;
  const who = refusedBy === 'engine' ? 'the engine refuses it' : 'it means nothing, so no engine was asked';
  return {
    ...serviceFinding(service, {
      code: 'LIM064',
      severity: 'error',
      message: `No container can be made with the limits of ${service.name}${named === undefined ? '' : `: ${named.text}`}`,
      evidence: [refused],
      at: named?.at,
      cause:
        named === undefined
          ? `${refusedBy === 'engine' ? 'the engine refuses' : 'no engine takes'} one of the limits that are declared`
          : `${named.text}, and ${who}`,
      fix:
        named?.fix ??
        `correct ${refusedBy === 'engine' ? 'what the engine names' : 'what is named'} in the evidence`,
    }),
  };
}

function limitIn(refused: string, service: DeclaredService, { cores }: SystemFacts): Named | undefined {
  // Without the address of the engine and the request.
  const said = /\(HTTP \d+\): (.*)/s.exec(refused)?.[1] ?? refused;
  const { memory, memorySwap, cpus, pids, shm, tmpfs } = service.limits;
  if (/[ur]limit/i.test(said)) return ulimitIn(said, service);
  if (/swap/i.test(said) && memorySwap !== undefined)
    return {
      text: `memswap_limit is ${memorySwap.value === -1 ? '-1' : declaredSize(memorySwap.value)}`,
      at: memorySwap.at,
      fix: 'write the same size as for `mem_limit`, or more',
      told: ['LIM050', 'LIM064'],
    };
  if (/\bcpus?\b/i.test(said) && cpus !== undefined)
    return {
      text: `cpus is ${String(cpus.value)}`,
      at: cpus.at,
      fix: `write between 0.01 and ${String(cores)}, the cores of the machine`,
      told: ['LIM057'],
    };
  if (/\/dev\/shm|shm_?size/i.test(said) && shm !== undefined)
    return {
      text: `shm_size is ${declaredSize(shm.value)}`,
      at: shm.at,
      fix: 'write `shm_size: 64m`, or what it needs',
      told: [],
    };
  if (/tmpfs/i.test(said) && tmpfs.length > 0) {
    const place = tmpfs.find(({ path }) => said.includes(path)) ?? tmpfs[0];
    return {
      text: `the tmpfs ${place?.path ?? ''} is not taken`,
      at: place?.at,
      fix: 'give it an absolute path and a size, such as `/tmp:size=64m`',
      told: [],
    };
  }
  if (/\bpids|limit of processes/i.test(said) && pids !== undefined)
    return {
      text: `pids_limit is ${String(pids.value)}`,
      at: pids.at,
      fix: 'write `pids_limit: 256`, or what its processes and threads need',
      told: ['LIM058', 'LIM067'],
    };
  if (/memory|\bOOM/i.test(said) && memory !== undefined)
    return {
      text: `mem_limit is ${declaredSize(memory.value)}`,
      at: memory.at,
      fix: 'write `mem_limit: 512m`, or what it needs',
      told: ['LIM050', 'LIM051'],
    };
  return undefined;
}

/** Numbers of Linux on most machines, in which runtimes speak of them. */
const RLIMITS = [
  ...['cpu', 'fsize', 'data', 'stack', 'core', 'rss', 'nproc', 'nofile', 'memlock', 'as', 'locks'],
  ...['sigpending', 'msgqueue', 'nice', 'rtprio', 'rttime'],
] as const;

function ulimitIn(said: string, { limits: { ulimits } }: DeclaredService): Named | undefined {
  const number = /rlimit(?: type)? (\d+)/i.exec(said)?.[1];
  const name =
    number === undefined ? /[ur]limit (?:RLIMIT_)?(\w+)/i.exec(said)?.[1] : RLIMITS[Number(number)];
  const found = ulimits.find((one) => one.name === name?.toLowerCase()) ?? ulimits[0];
  if (found === undefined) return undefined;
  const shown = (value: number): string => (value === -1 ? 'no limit' : String(value));
  return {
    text: `the ulimit ${found.name} is ${shown(found.soft)}, at most ${shown(found.hard)}`,
    at: found.at,
    fix:
      found.name === 'nofile'
        ? 'write `nofile: {soft: 1024, hard: 4096}`; the hard one may not be above `fs.nr_open` of the machine, mostly 1048576'
        : `lower the hard limit of ${found.name} to what the engine itself may have`,
    told: [],
  };
}
