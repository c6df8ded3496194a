import { readProcFile } from '../../memory/process-figures.ts';

/** A system call that a process is in. */
export interface SystemCall {
  readonly name: CallName;
  /** Six, as the kernel got them. */
  readonly args: readonly number[];
}

/** The calls that programs wait in. */
export type CallName =
  | 'read'
  | 'write'
  | 'poll'
  | 'select'
  | 'epoll_wait'
  | 'connect'
  | 'accept'
  | 'recv'
  | 'send'
  | 'wait'
  | 'futex'
  | 'sleep'
  | 'flock'
  | 'fcntl'
  | 'open';

/** From asm/unistd_64.h and asm-generic/unistd.h. */
// prettier-ignore
const NUMBERS: Readonly<Record<string, Readonly<Record<number, CallName>>>> = {
  x64: {
    0: 'read', 19: 'read', 1: 'write', 20: 'write', 7: 'poll', 271: 'poll', 23: 'select', 270: 'select',
    232: 'epoll_wait', 281: 'epoll_wait', 441: 'epoll_wait', 42: 'connect', 43: 'accept', 288: 'accept',
    45: 'recv', 47: 'recv', 44: 'send', 46: 'send', 61: 'wait', 247: 'wait', 202: 'futex', 449: 'futex',
    35: 'sleep', 230: 'sleep', 73: 'flock', 72: 'fcntl', 2: 'open', 257: 'open',
  },
  arm64: {
    63: 'read', 65: 'read', 64: 'write', 66: 'write', 73: 'poll', 72: 'select', 22: 'epoll_wait',
    441: 'epoll_wait', 203: 'connect', 202: 'accept', 242: 'accept', 207: 'recv', 212: 'recv', 206: 'send',
    211: 'send', 260: 'wait', 95: 'wait', 98: 'futex', 449: 'futex', 101: 'sleep', 115: 'sleep', 32: 'flock',
    25: 'fcntl', 56: 'open',
  },
};

/**
 * The call that the main thread of a process is in: `running` while it computes, `undefined` where the kernel does not
 * say, or where it is a call of another kind.
 */
export function readSystemCall(
  pid: number,
  architecture: string = process.arch,
): SystemCall | 'running' | undefined {
  return parseSystemCall(readProcFile(pid, 'syscall') ?? '', architecture);
}

/** See proc_pid_syscall(5): number, six arguments, stack and program counter, the latter all hexadecimal. */
export function parseSystemCall(text: string, architecture: string): SystemCall | 'running' | undefined {
  const [number = '', ...args] = text.trim().split(' ');
  if (number === 'running') return 'running';
  const name = /^\d+$/.test(number) ? NUMBERS[architecture]?.[Number(number)] : undefined;
  return name === undefined ? undefined : { name, args: args.slice(0, 6).map(Number) };
}
