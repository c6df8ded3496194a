import type { Missing } from '@seaworthy/scenario';
import type { MachineMemory } from '../model/safety.ts';
import type { SandboxLimits } from '../model/sandbox.ts';
import { floorOf, memoryBudget } from './budget.ts';
import { readMachineMemory } from './machine-memory.ts';
import { bytesAsText } from './bytes-as-text.ts';

/** Whether a sandbox of this size may be opened here; a scenario asks it in `requires`. */
export function checkRoom(
  request: Partial<SandboxLimits>,
  machine: MachineMemory = readMachineMemory(),
): Missing | undefined {
  const floor = floorOf(machine);
  if (machine.availableBytes < floor) {
    return {
      what: `free memory: ${bytesAsText(machine.availableBytes, 2)} are available, and pressure is only made while ${bytesAsText(floor, 2)} stay free`,
      how: `End what holds memory, or use a machine with more of it (it has ${bytesAsText(machine.totalBytes)}).`,
    };
  }
  const budget = memoryBudget(machine);
  const wanted = request.memoryBytes ?? 0;
  if (wanted <= budget.bytes) return undefined;
  return {
    what: `memory for a sandbox of ${bytesAsText(wanted)}: the most that may be taken here is ${bytesAsText(budget.bytes, 2)} (${budget.because})`,
    how: 'Ask for a smaller sandbox, end what holds memory, or use a machine with more of it.',
  };
}
