import { readProcessFigures } from '../../memory/process-figures.ts';
import { describeDescriptor, describeFileLock, describeProcess } from './describe-descriptor.ts';
import { polledDescriptors } from './polled-descriptors.ts';
import { readSystemCall, type SystemCall } from './system-call.ts';

/**
 * What the main thread of a process waits for, in words; `undefined` where the kernel does not tell.
 *
 * @param tree the processes of the run
 */
export function whatItWaitsFor(pid: number, tree: readonly number[]): string | undefined {
  const call = readSystemCall(pid);
  if (call === undefined) return undefined;
  return call === 'running' ? 'nothing: it computes' : describeCall(pid, call, tree);
}

function describeCall(pid: number, call: SystemCall, tree: readonly number[]): string | undefined {
  const [first = 0, second = 0] = call.args;
  switch (call.name) {
    case 'futex':
      return 'a lock';
    case 'sleep':
      return 'time to pass (sleep)';
    case 'wait':
      return describeWait(pid, first, tree);
    case 'flock':
      return describeFileLock(pid, first);
    case 'fcntl':
      return isLockRequest(second) ? describeFileLock(pid, first) : undefined;
    case 'open':
      return 'the other side of a named pipe, or a slow file system (open)';
    case 'poll':
    case 'select':
    case 'epoll_wait':
      return describePoll(pid, call, tree);
    case 'read':
    case 'write':
    case 'recv':
    case 'send':
    case 'connect':
    case 'accept':
      return describeDescriptor(pid, first, tree);
  }
}

/** F_SETLKW, and the same for locks of an open file. */
function isLockRequest(command: number): boolean {
  return command === 7 || command === 38;
}

function describePoll(pid: number, call: SystemCall, tree: readonly number[]): string | undefined {
  const descriptors = polledDescriptors(pid, call);
  if (descriptors.length === 0) return 'time to pass (sleep)';
  for (const descriptor of descriptors) {
    const description = describeDescriptor(pid, descriptor, tree);
    if (description !== undefined) return description;
  }
  return undefined;
}

/** wait4 takes the child's number, or -1 for any; waitid takes a kind and a number. */
function describeWait(pid: number, argument: number, tree: readonly number[]): string {
  const children = tree.filter((other) => readProcessFigures(other)?.parent === pid);
  const [child] = children.includes(argument) ? [argument] : children;
  return child === undefined ? 'a child' : describeProcess(child);
}
