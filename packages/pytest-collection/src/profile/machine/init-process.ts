import { join } from 'node:path';
import { readText } from './read-text.ts';

export interface InitProcess {
  /** As it was started. */
  readonly command: string;
  /** It does something about SIGTERM; process 1 ignores what it has no handler for. */
  readonly handlesTerm: boolean;
  readonly handlesInterrupt: boolean;
  /** Concluded from the command that is declared, not seen in a process. */
  readonly declared?: true;
}

const SIGINT = 2;
const SIGTERM = 15;

/** Process 1, where this process descends from it. One that came in from outside (`docker exec`) is not process 1's affair. */
export function readInitProcess(proc: string): InitProcess | undefined {
  if (!descendsFromInit(proc)) return undefined;
  const status = readText(join(proc, '1', 'status'));
  const command = readText(join(proc, '1', 'cmdline'))
    ?.replaceAll('\0', ' ')
    .trim();
  const caught = status && /^SigCgt:\s*([0-9a-f]+)/im.exec(status)?.[1];
  if (!caught || !command) return undefined;
  const mask = BigInt(`0x${caught}`);
  const handles = (signal: number) => (mask & (1n << BigInt(signal - 1))) !== 0n;
  return { command, handlesTerm: handles(SIGTERM), handlesInterrupt: handles(SIGINT) };
}

function descendsFromInit(proc: string): boolean {
  const seen = new Set<string>();
  for (let pid = 'self'; !seen.has(pid);) {
    seen.add(pid);
    const status = readText(join(proc, pid, 'status'));
    const parent = status && /^PPid:\s*(\d+)/m.exec(status)?.[1];
    if (!parent || parent === '0') return pid === '1';
    pid = parent;
  }
  return false;
}
