import type { MachineDescription } from '@seaworthy/run-record';
import { readEffectiveLimits } from './read-limits.ts';

/** The machine, for the record of a run. Asks `systeminformation` for the two answers alone that are used: it is slow. */
export async function describeMachine(nodeVersion: string): Promise<MachineDescription> {
  const { default: information } = await import('systeminformation');
  const [cpu, system, memory] = await Promise.all([
    information.cpu(),
    information.osInfo(),
    information.mem(),
  ]);
  return {
    os: `${system.distro} ${system.release}`.trim(),
    kernel: system.kernel,
    architecture: system.arch,
    cpu: `${cpu.manufacturer} ${cpu.brand}`.trim(),
    cores: cpu.cores,
    memoryBytes: memory.total,
    effective: readEffectiveLimits(),
    node: nodeVersion,
  };
}
