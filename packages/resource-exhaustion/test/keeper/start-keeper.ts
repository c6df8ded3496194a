import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectKeeper, type ConnectedKeeper } from '../../src/keeper/connect-keeper.ts';
import { keeperCommand, nativeKeeperPath } from '../../src/keeper/keeper-command.ts';

export interface KeeperUnderTest {
  readonly name: string;
  readonly kind: 'python' | 'native';
  readonly python?: string;
}

/** One CPython of each minor version from 3.8 on that is on the path or kept by pyenv, and the native keeper. */
export function allKeepers(): KeeperUnderTest[] {
  if (nativeKeeperPath() === undefined) {
    throw new Error('These tests need the native keeper: npx nx run resource-exhaustion:native');
  }
  return [...allPythons(), { name: 'native', kind: 'native' }];
}

/** The oldest and the newest CPython, the one that `python3` starts, and the native keeper. */
export function fewKeepers(): KeeperUnderTest[] {
  const [standard, ...others] = allKeepers();
  const native = others.pop()!;
  const minor = ({ name }: KeeperUnderTest): number => Number(name.split('.')[1]);
  const sorted = [standard!, ...others].sort((left, right) => minor(left) - minor(right));
  return [...new Set([sorted[0]!, standard!, sorted.at(-1)!, native])];
}

/** The Python that `python3` starts, and the native keeper. */
export function twoKeepers(): KeeperUnderTest[] {
  const all = allKeepers();
  return [all[0]!, all.at(-1)!];
}

function allPythons(): KeeperUnderTest[] {
  const root = spawnSync('pyenv', ['root'], { encoding: 'utf8' }).stdout?.trim();
  const kept =
    root === undefined
      ? []
      : readdirSync(join(root, 'versions')).map((one) => join(root, 'versions', one, 'bin/python'));
  const found = new Map<string, KeeperUnderTest>();
  for (const program of ['python3', ...kept]) {
    const ask = 'import sys; print(sys.executable, sys.version_info[0], sys.version_info[1])';
    const [python, major, minor] = (spawnSync(program, ['-c', ask], { encoding: 'utf8' }).stdout ?? '')
      .trim()
      .split(' ');
    const name = `Python ${major}.${minor}`;
    if (python === undefined || major !== '3' || Number(minor) < 8 || found.has(name)) continue;
    found.set(name, { name, kind: 'python', python });
  }
  if (found.size === 0) throw new Error('These tests need CPython 3.8 or newer as python3 on the path');
  return [...found.values()];
}

export interface StartedKeeper extends AsyncDisposable {
  readonly keeper: ConnectedKeeper;
  readonly child: ChildProcess;
}

/** Without any sandbox around it. */
export async function startKeeper(
  { kind, python }: KeeperUnderTest,
  options: { deadlineMs?: number; descriptors?: number; cgroupFolders?: readonly string[] } = {},
): Promise<StartedKeeper> {
  const { command } = keeperCommand(kind, {
    ...(python === undefined ? {} : { python }),
    deadlineMs: options.deadlineMs ?? 60_000,
    ...(options.cgroupFolders === undefined ? {} : { cgroupFolders: options.cgroupFolders }),
  });
  const limited = ['-c', `ulimit -n ${options.descriptors ?? 256}; exec "$@"`, 'sh', ...command];
  const child = spawn('sh', limited, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const keeper = await connectKeeper(child.stdin, child.stdout, ended);
  return {
    keeper,
    child,
    async [Symbol.asyncDispose]() {
      keeper.hangUp();
      await ended;
    },
  };
}

/** A zombie is not: who inherited it may take its time. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Waits for a condition, never for a time. */
export async function until(condition: () => boolean, withinMs = 20_000): Promise<void> {
  for (const start = performance.now(); !condition();) {
    if (performance.now() - start > withinMs) throw new Error(`Expected within ${withinMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
