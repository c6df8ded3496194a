import type { Load } from '@seaworthy/scenario';
import { cpuPart } from '../combined/cpu-part.ts';
import { descriptorPart } from '../combined/descriptor-part.ts';
import { diskPart } from '../combined/disk-part.ts';
import { memoryPart } from '../combined/memory-part.ts';
import { bytesAsText } from '../safety/bytes-as-text.ts';
import { partLoad, type LoadOptions } from './part-load.ts';

/** The limit of the load's own sandbox is so much larger than the load. */
const MEMORY_SHARE = 0.8;
const LEAST_MEMORY = 64 * 1024 * 1024;

/** @param bytes that the load uses in all, its own processes included. */
export function memoryLoad(options: LoadOptions & { readonly bytes: number }): Load {
  const memoryBytes = Math.max(LEAST_MEMORY, Math.ceil(options.bytes / MEMORY_SHARE));
  return partLoad({
    ...options,
    name: `${bytesAsText(options.bytes)} of memory`,
    request: { memoryBytes, cpus: 1 },
    part: (sandbox, patience) =>
      memoryPart(sandbox, { share: options.bytes / memoryBytes, besideBytes: 0, patience }),
    levelAsText: bytesAsText,
  });
}

/** @param cores that it may use at most, all of which it asks for; fractions are possible. */
export function cpuLoad(options: LoadOptions & { readonly cores: number }): Load {
  return partLoad({
    ...options,
    name: `${options.cores} ${options.cores === 1 ? 'core' : 'cores'} of CPU time`,
    request: { cpus: options.cores, memoryBytes: (1 + Math.ceil(options.cores)) * LEAST_MEMORY },
    part: (sandbox, patience) => cpuPart(sandbox, { share: 1, patience }),
    levelAsText: (level) => `${level.toFixed(2)} cores`,
  });
}

/** @param descriptors that a process may have, and that one has. */
export function descriptorLoad(options: LoadOptions & { readonly descriptors: number }): Load {
  return partLoad({
    ...options,
    name: `${options.descriptors} open descriptors`,
    request: { descriptors: options.descriptors },
    part: (sandbox, patience) => descriptorPart(sandbox, { share: 'untilFull', unreserved: false, patience }),
    levelAsText: (level) => `${level} descriptors`,
  });
}

/** @param bytes of the place, which is written until it is full. */
export function diskLoad(options: LoadOptions & { readonly bytes: number }): Load {
  return partLoad({
    ...options,
    name: `${bytesAsText(options.bytes)} of disk`,
    request: { diskBytes: options.bytes, memoryBytes: LEAST_MEMORY + 2 * options.bytes },
    part: (sandbox, patience) => diskPart(sandbox, { share: 'untilFull', patience }),
    levelAsText: bytesAsText,
  });
}
