import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { readProcess } from './process-table.ts';

/** A process that can be recognised later: its number alone may by then belong to another one. */
export interface ProcessIdentity {
  readonly pid: number;
  /** See {@link ProcessEntry.startTime}. */
  readonly startTime: string;
}

/** The system that process numbers refer to. */
export interface Habitat {
  readonly host: string;
  /** Changes with every boot; containers share that of their host. See {@link isExactBootId}. */
  readonly bootId: string;
  /** Number of the PID namespace; 0 where there are none. */
  readonly pidNamespace: number;
}

/** The process of this number, a zombie too, with the start time that tells it from later ones. */
export function identify(pid: number): ProcessIdentity | undefined {
  const entry = readProcess(pid);
  return entry === undefined ? undefined : { pid, startTime: entry.startTime };
}

/** Whether this very process, not another one of its number, still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  const entry = readProcess(identity.pid);
  return entry?.startTime === identity.startTime && !entry.zombie;
}

/** Where this process lives. */
export function readHabitat(): Habitat {
  const bootId =
    process.platform === 'linux'
      ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      : bootIdFrom(askSysctl);
  return { host: hostname(), bootId, pidNamespace: readPidNamespace() };
}

/**
 * Whether a boot id is one that the system drew by lot, so that another one means another boot. The time of the boot does
 * not: it moves with every correction of the clock.
 */
export function isExactBootId(bootId: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(bootId);
}

/** Of Darwin, which draws one by lot as Linux does, and of the BSDs: "{ sec = 1764000000, usec = 0 } Tue Nov 25 …". */
export function bootIdFrom(sysctl: (name: string) => string | undefined): string {
  const drawn = sysctl('kern.bootsessionuuid')?.trim() ?? '';
  if (isExactBootId(drawn)) return drawn;
  const time = sysctl('kern.boottime') ?? '';
  return /sec = (\d+)/.exec(time)?.[1] ?? time.trim();
}

function askSysctl(name: string): string | undefined {
  try {
    return execFileSync('sysctl', ['-n', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

function readPidNamespace(): number {
  if (process.platform !== 'linux') return 0;
  return Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0);
}
