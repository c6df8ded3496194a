import type { KeeperKind } from '../keeper/keeper-command.ts';
import type { SandboxLimits, Tier } from '../model/sandbox.ts';

const MIB = 2 ** 20;

/**
 * The least with which the keeper and one victim start and do small everyday things, with a margin. Measured with CPython
 * 3.11 in a container and in a cgroup: in Python they need 10 MiB, 3 processes (the third is one that a victim starts) and
 * 27 open files; with 0.05 cores they are there after 1.5 s, with 0.01 after 5 s. Native ones need 1 MiB and 24 open files,
 * but a container gets 6 at least, most of which its engine takes for the start.
 */
const LEAST: Readonly<Record<KeeperKind, Omit<SandboxLimits, 'diskBytes'>>> = {
  python: { memoryBytes: 16 * MIB, cpus: 0.05, pids: 4, descriptors: 32 },
  native: { memoryBytes: 6 * MIB, cpus: 0.01, pids: 4, descriptors: 32 },
};

/** RLIMIT_DATA counts what a program may write to, touched or not: 20 MiB of the native keeper, 8 of the one in Python. */
const LEAST_NATIVE_DATA_BYTES = 24 * MIB;

export function leastLimits(keeper: KeeperKind, tier: Tier): SandboxLimits {
  const least = { ...LEAST[keeper], diskBytes: 64 * 1024 };
  return keeper === 'native' && tier === 'rlimit'
    ? { ...least, memoryBytes: LEAST_NATIVE_DATA_BYTES }
    : least;
}
