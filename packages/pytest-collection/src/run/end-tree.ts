import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnedProcess } from '@seaworthy/scenario';
import { readCommand } from '../memory/process-figures.ts';
import { living, type TreeMembers } from '../memory/tree-members.ts';
import type { TreeWatch } from '../memory/tree-watch.ts';

export interface Tree {
  readonly main: OwnedProcess;
  readonly members: TreeMembers;
  readonly watch: TreeWatch;
}

/** Processes that see their parent go (a resource tracker, say) end by themselves within this time. */
const LET_GO_MS = 1_000;
/** So long after SIGKILL a process may take to go (stuck in the kernel, or many pages to free). */
const KILLED_WITHIN_MS = 5_000;

/**
 * Ends what is left of a tree whose main process ended.
 *
 * @returns the commands of the processes that did not end by themselves
 */
export async function endTree({ main, members, watch }: Tree): Promise<readonly string[]> {
  let left = living(members());
  for (const start = performance.now(); left.length > 0 && performance.now() - start < LET_GO_MS;) {
    await sleep(10);
    left = living(members());
  }
  watch.look();
  watch.stop();
  const commands = left.map((pid) => readCommand(pid)).filter((command) => command !== '');
  await main[Symbol.asyncDispose]();
  await killRest(members);
  return commands;
}

/** What the workspace cannot recognise as its own any more: a daemon that was given another environment. */
export async function killRest(members: TreeMembers): Promise<void> {
  const start = performance.now();
  for (let left = living(members()); left.length > 0; left = living(members())) {
    for (const pid of left) kill(pid);
    if (performance.now() - start > KILLED_WITHIN_MS) return;
    await sleep(5);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself.
  }
}
