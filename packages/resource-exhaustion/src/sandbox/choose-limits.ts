import { UsageError, type ContainerLimits } from '@seaworthy/scenario';
import type { SandboxLimits } from '../model/sandbox.ts';
import type { Budget } from '../safety/budget.ts';
import { bytesAsText } from '../safety/bytes-as-text.ts';

const MIB = 2 ** 20;

/** Of a sandbox for which nobody says anything. */
const DEFAULTS: SandboxLimits = {
  memoryBytes: 256 * MIB,
  cpus: 0.25,
  pids: 64,
  descriptors: 1024,
  diskBytes: 64 * MIB,
};

/** Opening more files than this proves nothing more, and takes kernel memory of the machine. */
const MOST_DESCRIPTORS = 16_384;

export const MOST_DECLARED_BYTES: number = 2 ** 30;

export interface LimitChoice {
  readonly request: Partial<SandboxLimits>;
  /** What the subject declares, where there is one. */
  readonly declared?: ContainerLimits;
  /** The most memory that is taken because it is declared, bytes. */
  readonly mostBytes: number;
  readonly budget: Budget;
  /** With which the keeper and one victim still run, and who they are. */
  readonly least: SandboxLimits;
  readonly keeper: string;
}

/**
 * The limits of a sandbox: as asked for, else as the subject declares them, else small ones; never more memory than the
 * budget has.
 *
 * @throws UsageError where what was asked for is impossible, too small for the keeper, or more than the budget has.
 */
export function chooseLimits(choice: LimitChoice): SandboxLimits {
  const { request, budget, least } = choice;
  checkNumbers(request);
  if (request.memoryBytes !== undefined && request.memoryBytes > budget.bytes) {
    throw new UsageError(
      'SANDBOX_TOO_LARGE',
      `A sandbox with ${bytesAsText(request.memoryBytes)} of memory is more than this machine can spare: the most is ${bytesAsText(Math.max(0, budget.bytes))} (${budget.because}). Ask for less, or use a machine with more memory.`,
    );
  }
  const wanted = { ...DEFAULTS, ...fromSubject(choice), ...request };
  const memoryBytes = Math.min(wanted.memoryBytes, budget.bytes);
  const room = memoryBytes - least.memoryBytes;
  const limits: SandboxLimits = {
    ...wanted,
    memoryBytes,
    // The place is memory: it must leave the keeper and a victim theirs.
    diskBytes:
      request.diskBytes ?? Math.max(least.diskBytes, Math.min(wanted.diskBytes, Math.floor(room / 2))),
  };
  demandLeast(limits, choice);
  if (limits.diskBytes > room) {
    throw new UsageError(
      'SANDBOX_TOO_SMALL',
      `A disk of ${bytesAsText(limits.diskBytes)} does not fit into a sandbox with ${bytesAsText(memoryBytes)} of memory: it is memory as well (tmpfs), and ${choice.keeper} needs ${bytesAsText(least.memoryBytes)}. Ask for a disk of at most ${bytesAsText(Math.max(0, room))}, or for ${bytesAsText(limits.diskBytes + least.memoryBytes)} of memory.`,
    );
  }
  return limits;
}

const WORDS: Readonly<Record<keyof SandboxLimits, string>> = {
  memoryBytes: 'memory',
  cpus: 'CPU',
  pids: 'processes',
  descriptors: 'open files',
  diskBytes: 'disk',
};

function checkNumbers(request: Partial<SandboxLimits>): void {
  for (const [name, value] of Object.entries(request) as [keyof SandboxLimits, number | undefined][]) {
    if (value === undefined) continue;
    const whole = name === 'cpus' || Number.isInteger(value);
    if (Number.isFinite(value) && value > 0 && whole) continue;
    throw new UsageError(
      'SANDBOX_LIMIT',
      `Expected the ${WORDS[name]} limit of a sandbox (${name}) to be ${name === 'cpus' ? 'a number of cores' : 'a whole number'} above 0, got ${value}. No limit at all is never given: it would hit the whole machine.`,
    );
  }
}

function demandLeast(limits: SandboxLimits, { least, keeper, request, budget }: LimitChoice): void {
  for (const name of ['memoryBytes', 'cpus', 'pids', 'descriptors', 'diskBytes'] as const) {
    if (limits[name] >= least[name]) continue;
    const text = (value: number): string => (name.endsWith('Bytes') ? bytesAsText(value) : String(value));
    const why =
      name === 'memoryBytes' && request.memoryBytes === undefined && budget.bytes < least.memoryBytes
        ? ` Here it may have no more (${budget.because}).`
        : '';
    throw new UsageError(
      'SANDBOX_TOO_SMALL',
      `A sandbox with a ${WORDS[name]} limit of ${text(limits[name])} is too small for ${keeper}: the least that works is ${text(least[name])}.${why}`,
    );
  }
}

/** 0 and negative numbers in a declaration mean that there is no limit, as for `docker run`. */
function fromSubject({ declared, mostBytes, request }: LimitChoice): Partial<SandboxLimits> {
  if (declared === undefined) return {};
  const { memoryBytes, cpus, pids, ulimits, tmpfs } = declared;
  const files = ulimits?.find(({ name }) => name === 'nofile')?.soft;
  const disk = request.diskBytes ?? tmpfs?.find(({ bytes }) => bytes !== undefined)?.bytes;
  return {
    ...(isLimit(memoryBytes) ? { memoryBytes: Math.min(memoryBytes, mostBytes) } : {}),
    ...(isLimit(cpus) ? { cpus } : {}),
    ...(isLimit(pids) ? { pids } : {}),
    ...(isLimit(files) ? { descriptors: Math.min(files, MOST_DESCRIPTORS) } : {}),
    ...(isLimit(disk) ? { diskBytes: disk } : {}),
  };
}

function isLimit(value: number | undefined): value is number {
  return value !== undefined && value > 0;
}
