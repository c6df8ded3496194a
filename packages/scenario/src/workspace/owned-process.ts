import { spawn, type ChildProcess, type SpawnOptions as SpawnOfNode } from 'node:child_process';
import { endProcesses, type EndOptions } from '../process/end-processes.ts';
import { findOwned } from '../process/owned-processes.ts';
import { groupHasMembers } from '../process/process-group.ts';
import { identify, type ProcessIdentity } from '../process/process-identity.ts';
import { readProcesses } from '../process/process-table.ts';
import { withMark, type EnvironmentVariables } from '../process/run-mark.ts';
import type { Ledger } from './ledger.ts';
import { NotStarted } from './not-started.ts';
import { ourGroups } from './remove-run.ts';
import type { OwnedProcess, SpawnOptions } from './workspace.ts';

export interface Marks {
  readonly run: string;
  /** Of this process and its descendants alone. */
  readonly process: string;
}

/** See {@link Workspace.spawn}. */
export function startOwnedProcess(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  { marks, ledger, end }: { marks: Marks; ledger: Ledger; end: EndOptions },
): OwnedProcess {
  const env = withMark(withMark({ ...process.env, ...options.env }, marks.run), marks.process);
  const stdio = options.stdio ?? ['ignore', 'pipe', 'pipe'];
  const child = spawnOrExplain(command, args, { cwd: options.cwd, env, stdio, detached: true });
  child.on('error', () => {}); // Reported below, or by `exited`.
  if (child.pid === undefined) throw new NotStarted(command, options.cwd, env);

  const { pid } = child;
  const leader = identify(pid) ?? { pid, startTime: '' };
  const entry = enter(ledger, leader);
  const exited = new Promise<Awaited<OwnedProcess['exited']>>((resolve) => {
    child.once('exit', (code, signal) => {
      if (entry !== undefined && !groupHasMembers(pid)) strikeOff(ledger, entry);
      resolve({ code, signal });
    });
  });
  let disposal: Promise<void> | undefined;
  return {
    pid,
    child,
    exited,
    [Symbol.asyncDispose]: () =>
      (disposal ??= endOwned(child, leader, marks.process, end).then(async () => {
        await exited; // Whoever looks at the child afterwards finds out how it went.
      })),
  };
}

/** Node throws some of the system's refusals at once, such as arguments that are too long, and tells others in an event. */
function spawnOrExplain(
  command: string,
  args: readonly string[],
  options: SpawnOfNode & { readonly env: EnvironmentVariables },
): ChildProcess {
  try {
    return spawn(command, args, options);
  } catch (error) {
    const isRefusal = (error as NodeJS.ErrnoException).syscall?.startsWith('spawn') === true;
    throw isRefusal ? new NotStarted(command, options.cwd?.toString(), options.env, error as Error) : error;
  }
}

async function endOwned(
  child: ChildProcess,
  leader: ProcessIdentity,
  mark: string,
  end: EndOptions,
): Promise<void> {
  const { survivors } = await endProcesses(() => {
    const table = readProcesses();
    return findOwned(table, {
      mark,
      groups: ourGroups([{ kind: 'process-group', ...leader }], table, true),
    });
  }, end);
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.stdin?.destroy();
  if (survivors.length > 0)
    throw new Error(`Processes ${survivors.join(', ')} did not end, not even by SIGKILL`);
}

/** A full disk must not keep a process from being started: its mark is enough to find it. */
function enter(ledger: Ledger, leader: ProcessIdentity): number | undefined {
  try {
    return ledger.add({ kind: 'process-group', ...leader });
  } catch {
    return undefined;
  }
}

function strikeOff(ledger: Ledger, entry: number): void {
  try {
    ledger.strikeOff(entry);
  } catch {
    // The folder is gone or full: an entry that stays is found to be empty later.
  }
}
