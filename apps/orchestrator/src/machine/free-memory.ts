import { floorOf, readMachineMemory } from '@seaworthy/resource-exhaustion';
import type { MachineMemory } from '@seaworthy/resource-exhaustion';

/** What is available on this machine, with how much of it must stay free. */
export function freeMemory(keepFreeBytes?: number): MachineMemory & { readonly floorBytes: number } {
  const machine = { ...readMachineMemory(), ...(keepFreeBytes === undefined ? {} : { keepFreeBytes }) };
  return { ...machine, floorBytes: floorOf(machine) };
}
