import type { KeeperKind } from '../keeper/keeper-command.ts';
import type { SandboxLimits } from '../model/sandbox.ts';

const MIB = 2 ** 20;

/**
 * The least with which the keeper and one victim start and answer, with a margin of about a half. Memory: a Python keeper and a
 * victim were measured to need 20 MiB together, native ones under 1 MiB.
 */
const LEAST: Readonly<Record<KeeperKind, Omit<SandboxLimits, 'diskBytes'>>> = {
  python: { memoryBytes: 32 * MIB, cpus: 0.05, pids: 8, descriptors: 32 },
  native: { memoryBytes: 4 * MIB, cpus: 0.01, pids: 8, descriptors: 32 },
};

export function leastLimits(keeper: KeeperKind): SandboxLimits {
  return { ...LEAST[keeper], diskBytes: 64 * 1024 };
}
