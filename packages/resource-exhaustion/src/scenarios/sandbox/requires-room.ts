import type { Missing } from '@seaworthy/scenario';
import type { SandboxLimits } from '../../model/sandbox.ts';
import { checkRoom } from '../../safety/check-room.ts';
import { readMachineMemory } from '../../safety/machine-memory.ts';
import { bytesAsText } from './amounts.ts';
import type { SandboxPlan } from './sandbox-plan.ts';

const MIB = 2 ** 20;

/** Below these, the keeper and a handful of victims in Python have no room to do what a scenario asks of them. */
const LEAST: SandboxLimits = {
  memoryBytes: 64 * MIB,
  cpus: 0.05,
  pids: 32,
  descriptors: 64,
  diskBytes: MIB,
};

const WRITTEN: Readonly<Record<keyof SandboxLimits, string>> = {
  memoryBytes: '`mem_limit`',
  cpus: '`cpus`',
  pids: '`pids_limit`',
  descriptors: '`ulimits: {nofile: …}`',
  diskBytes: 'the size of the place (`exhaustion.disk`)',
};

/** What is missing for a sandbox with these limits: limits that are large enough, or memory over the floor that always stays free. */
export function requiresRoom({
  request,
  keepFreeBytes,
}: Pick<SandboxPlan, 'request' | 'keepFreeBytes'>): Missing | undefined {
  const names = Object.keys(LEAST) as (keyof SandboxLimits)[];
  const small = names.find((name) => request[name] < LEAST[name]);
  if (small === undefined) {
    const machine = readMachineMemory();
    return checkRoom(request, keepFreeBytes === null ? machine : { ...machine, keepFreeBytes });
  }
  const text = (value: number): string => (small.endsWith('Bytes') ? bytesAsText(value) : String(value));
  return {
    what: `room under the declared limits: ${WRITTEN[small]} is ${text(request[small])}, and pressure with its measuring needs ${text(LEAST[small])} at least`,
    how: `Raise ${WRITTEN[small]} to ${text(LEAST[small])} or more`,
  };
}
