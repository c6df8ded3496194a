import { closeSync, openSync, readSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { readProcFile } from '../../memory/process-figures.ts';
import type { SystemCall } from './system-call.ts';

/** So many descriptors are looked at: enough to see what matters. */
const MOST = 64;

/**
 * The descriptors that a call of the poll family waits for: they stand in the memory of the process, or in the kernel's
 * notes on the epoll descriptor.
 */
export function polledDescriptors(pid: number, { name, args }: SystemCall): readonly number[] {
  const [first = 0, second = 0] = args;
  if (name === 'epoll_wait') return watchedBy(pid, first);
  if (name === 'poll') {
    const entries = readMemory(pid, first, Math.min(second, MOST) * 8);
    return Array.from({ length: entries.length / 8 }, (_, at) => entries.readInt32LE(at * 8)).filter(
      (fd) => fd >= 0,
    );
  }
  const sets = [args[1] ?? 0, args[2] ?? 0].map((at) => readMemory(pid, at, Math.ceil(first / 8)));
  return Array.from({ length: first }, (_, fd) => fd)
    .filter((fd) => sets.some((set) => (((set[fd >> 3] ?? 0) >> (fd & 7)) & 1) === 1))
    .slice(0, MOST);
}

function watchedBy(pid: number, epoll: number): readonly number[] {
  const notes = readProcFile(pid, `fdinfo/${epoll}`) ?? '';
  return [...notes.matchAll(/^tfd:\s*(\d+)/gm)].map((match) => Number(match[1]));
}

function readMemory(pid: number, address: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (address === 0 || length === 0) return Buffer.alloc(0);
  try {
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    try {
      return buffer.subarray(0, readSync(memory, buffer, 0, length, address));
    } finally {
      closeSync(memory);
    }
  } catch {
    return Buffer.alloc(0); // Not ours to look into, or gone.
  }
}

/** Open descriptors of a process, for whoever looks for the other end of a pipe. */
export function openDescriptors(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(Number);
  } catch {
    return [];
  }
}
