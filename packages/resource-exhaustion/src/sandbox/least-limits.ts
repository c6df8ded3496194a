import type { KeeperKind } from '../keeper/keeper-command.ts';
import type { SandboxLimits } from '../model/sandbox.ts';

const MIB = 2 ** 20;

/**
 * The least with which the keeper and one victim start and do small everyday things. Measured with CPython 3.11 in a
 * container and in a cgroup: in Python they need 10 MiB, 3 processes (the third is one that a victim starts), and 27 open files; with
 * 0.05 cores they are there after 1.5 s, with 0.01 after 5 s. Native ones need about 1 MiB, but engines refuse less than 6.
 */
const LEAST: Readonly<Record<KeeperKind, Omit<SandboxLimits, 'diskBytes'>>> = {
  python: { memoryBytes: 16 * MIB, cpus: 0.05, pids: 4, descriptors: 32 },
  native: { memoryBytes: 6 * MIB, cpus: 0.01, pids: 4, descriptors: 32 },
};

export function leastLimits(keeper: KeeperKind): SandboxLimits {
  return { ...LEAST[keeper], diskBytes: 64 * 1024 };
}
