import { arch } from 'node:os';
import { describeHost } from '@seaworthy/resource-exhaustion';
import type { MachineDescription } from '@seaworthy/run-record';
import { readEffectiveLimits } from './read-limits.ts';

/** The machine, for the record of a run. */
export async function describeMachine(nodeVersion: string): Promise<MachineDescription> {
  const { system, kernel, processor, cores, memoryBytes, virtualisation } = await describeHost();
  return {
    os: system,
    kernel,
    architecture: arch(),
    cpu: processor,
    cores,
    memoryBytes,
    ...(virtualisation === undefined ? {} : { virtualisation }),
    effective: readEffectiveLimits(),
    node: nodeVersion,
  };
}
