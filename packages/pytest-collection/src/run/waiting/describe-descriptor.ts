import { readFileSync, readlinkSync } from 'node:fs';
import { readCommand, readProcFile } from '../../memory/process-figures.ts';
import { shownProcess } from '../../outcome/shown-process.ts';
import { openDescriptors } from './polled-descriptors.ts';
import { findSocket } from './socket-table.ts';

/** Which file, socket or pipe stands behind a descriptor, as the kernel names it: `socket:[123]`, `pipe:[7]`, a path. */
export function linkOf(pid: number, descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}

/**
 * What one waits for who waits for this descriptor.
 *
 * @param tree processes in which the other end of a pipe may be
 */
export function describeDescriptor(
  pid: number,
  descriptor: number,
  tree: readonly number[],
): string | undefined {
  const link = linkOf(pid, descriptor);
  if (link === undefined) return undefined;
  const socket = /^socket:\[(\d+)\]$/.exec(link)?.[1];
  if (socket !== undefined) return describeSocket(pid, socket);
  if (!link.startsWith('pipe:')) return link.startsWith('/') ? link : undefined;
  const holder = tree.find(
    (other) => other !== pid && openDescriptors(other).some((held) => linkOf(other, held) === link),
  );
  return holder === undefined ? 'a pipe' : `the output of ${describeProcess(holder)}`;
}

function describeSocket(pid: number, inode: string): string {
  const facts = findSocket(pid, inode);
  if (facts?.address === undefined) return 'a socket';
  if (facts.state === 'connecting') return `connect to ${facts.address}`;
  return facts.state === 'listening' ? `a connection to ${facts.address}` : `an answer from ${facts.address}`;
}

/** `a child: sleep 60 (pid 12)`. */
export function describeProcess(pid: number): string {
  return `a child: ${shownProcess(readCommand(pid)) || 'one that ended'} (pid ${pid})`;
}

/** Who holds a lock on the file, by /proc/locks: `device:inode` there. */
export function describeFileLock(pid: number, descriptor: number): string {
  const path = linkOf(pid, descriptor) ?? 'a file';
  const inode = /^ino:\s*(\d+)/m.exec(readProcFile(pid, `fdinfo/${descriptor}`) ?? '')?.[1];
  const holder = inode === undefined ? undefined : holderOf(inode, pid);
  return holder === undefined
    ? `a lock on ${path}`
    : `a lock on ${path}, held by ${shownProcess(readCommand(holder))} (pid ${holder})`;
}

/** Lines of waiters have an arrow before them. */
function holderOf(inode: string, waiter: number): number | undefined {
  let locks: string;
  try {
    locks = readFileSync('/proc/locks', 'utf8');
  } catch {
    return undefined;
  }
  for (const line of locks.split('\n')) {
    const match = /^\d+: (?!->)\S+\s+\S+\s+\S+\s+(\d+) [^:]+:[^:]+:(\d+) /.exec(line);
    if (match?.[2] === inode && Number(match[1]) !== waiter) return Number(match[1]);
  }
  return undefined;
}
