import { availableParallelism, machine, totalmem } from 'node:os';
import { join } from 'node:path';
import { readOwnLimits } from '@seaworthy/cgroups';
import { type Descriptors, readDescriptorLimit } from './machine/descriptor-limit.ts';
import { readElf } from './machine/elf-facts.ts';
import { type InitProcess, readInitProcess } from './machine/init-process.ts';
import { type Mount, readMountOf } from './machine/mounts.ts';
import { emulationOf } from './machine/processor.ts';
import { readText } from './machine/read-text.ts';
import { readSharedMemory } from './machine/shared-memory.ts';
import { measureStat } from './machine/stat-cost.ts';
import { measureSpawn } from './machine/spawn-cost.ts';

/** What the place where pytest runs is like, as far as it slows collection down or ends it. What cannot be read is missing. */
export interface MachineFacts {
  /** Open files that a process may have. */
  readonly descriptors?: Descriptors;
  /** ms to start a program from Python with its descriptors closed; only measured where the limit is very high. */
  readonly spawnMs?: number;
  /** Size of /dev/shm, bytes. */
  readonly sharedMemoryBytes?: number;
  /** Process 1, where it is an ancestor of ours: in a container that was started to run the tests. Of an image, what its command makes it. */
  readonly init?: InitProcess;
  readonly libc?: 'glibc' | 'musl';
  /** Where the project's folder is mounted from. */
  readonly mount?: Mount;
  /** Microseconds to look at one of the project's files, median. */
  readonly statMicroseconds?: number;
  /** What the interpreter is emulated by, with the evidence. */
  readonly emulation?: string;
  readonly cpus: {
    /** What programs see: `os.cpu_count()` and the affinity. */
    readonly visible: number;
    /** What the control group lets them use, in CPUs. */
    readonly quota?: number;
  };
  readonly memory: {
    readonly totalBytes: number;
    /** The tightest of the control groups around us. */
    readonly limitBytes?: number;
  };
}

/** Where to read. For tests, which read recorded files. */
export interface MachineRoots {
  readonly proc: string;
  readonly shm: string;
}

export interface MachinePlace {
  /** Absolute path of the project. */
  readonly root: string;
  /** Absolute path of the interpreter. */
  readonly python: string;
  /** Some files of the project, absolute, to be looked at. */
  readonly files: readonly string[];
  readonly roots?: MachineRoots;
  readonly signal?: AbortSignal;
}

/** Below this, closing every possible descriptor takes no time to speak of. */
export const MANY_DESCRIPTORS = 1_000_000;

/** Facts of this machine, or of the container that this process is in. */
export async function readMachineFacts(place: MachinePlace): Promise<MachineFacts> {
  const { proc, shm } = place.roots ?? { proc: '/proc', shm: '/dev/shm' };
  const elf = readElf(place.python);
  const descriptors = readDescriptorLimit(proc);
  const spawnMs =
    descriptors !== undefined && descriptors.soft >= MANY_DESCRIPTORS
      ? await measureSpawn(place.python, place.signal)
      : undefined;
  const { cpus: quota, memoryBytes: limit } = readOwnLimits({ proc });
  return {
    ...defined({
      descriptors,
      spawnMs,
      sharedMemoryBytes: readSharedMemory(shm),
      init: readInitProcess(proc),
      libc: elf?.libc,
      mount: readMountOf(proc, place.root),
      statMicroseconds: measureStat(place.files),
      emulation: emulationOf({
        cpuinfo: readText(join(proc, 'cpuinfo')) ?? '',
        machine: machine(),
        program: elf?.machine,
      }),
    }),
    cpus: { visible: availableParallelism(), ...(quota !== undefined && { quota: quota.value }) },
    memory: { totalBytes: totalmem(), ...(limit !== undefined && { limitBytes: limit.value }) },
  };
}

/** Without what is `undefined`. */
type Defined<Row> = { [Key in keyof Row]?: Exclude<Row[Key], undefined> };

export function defined<Row extends object>(row: Row): Defined<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Defined<Row>;
}
