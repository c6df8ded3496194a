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
  /** Changes with every boot; containers share that of their host. */
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
  return { host: hostname(), bootId: readBootId(), pidNamespace: readPidNamespace() };
}

function readBootId(): string {
  if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  // Darwin and the BSDs: "{ sec = 1764000000, usec = 0 } Tue Nov 25 …".
  const boot = execFileSync('sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' });
  return /sec = (\d+)/.exec(boot)?.[1] ?? boot.trim();
}

function readPidNamespace(): number {
  if (process.platform !== 'linux') return 0;
  return Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0);
}
