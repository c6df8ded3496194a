import type { MachineMemory } from '../model/safety.ts';
import { bytesAsText } from './bytes-as-text.ts';

const LEAST_FREE_BYTES = 2 ** 30;
const LEAST_FREE_SHARE = 0.1;
const SHARE_OF_AVAILABLE = 0.5;
const SHARE_OF_LIMIT = 0.8;

/** The most memory that a sandbox may have. */
export interface Budget {
  /** 0 or less where there is none to give. */
  readonly bytes: number;
  /** For people: which rule decides, with its figures. */
  readonly because: string;
}

/** So much memory stays free on the machine, bytes: the largest of 1 GiB, a tenth of it all, and what its user wants. */
export function floorOf({
  totalBytes,
  keepFreeBytes = 0,
}: Pick<MachineMemory, 'totalBytes' | 'keepFreeBytes'>): number {
  return Math.max(LEAST_FREE_BYTES, Math.round(totalBytes * LEAST_FREE_SHARE), keepFreeBytes);
}

/**
 * The smallest of: half of what is available, four fifths of the smallest limit around this process, and what leaves the
 * floor free.
 */
export function memoryBudget(machine: MachineMemory): Budget {
  const { availableBytes, limit } = machine;
  const floor = floorOf(machine);
  const available = bytesAsText(availableBytes, 2);
  const rules: Budget[] = [
    {
      bytes: Math.floor(availableBytes * SHARE_OF_AVAILABLE),
      because: `50 % of the ${available} that are available`,
    },
    {
      bytes: availableBytes - floor,
      because: `of the ${available} that are available, ${bytesAsText(floor, 2)} stay free`,
    },
  ];
  if (limit !== undefined) {
    rules.push({
      bytes: Math.floor(limit.bytes * SHARE_OF_LIMIT),
      because: `80 % of the limit of ${bytesAsText(limit.bytes)} that ${limit.folder} sets for this process`,
    });
  }
  return rules.reduce((smallest, rule) => (rule.bytes < smallest.bytes ? rule : smallest));
}
