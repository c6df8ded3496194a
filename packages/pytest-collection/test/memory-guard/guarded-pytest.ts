import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { memoryGuardFolder } from '../../src/memory-guard/memory-guard.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import type { PytestMajor } from '../interpreters/pytests.ts';

export interface GuardedRun {
  readonly python: string;
  readonly major: PytestMajor;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of a control group of its own, MiB. Default: none. */
  readonly limitMiB?: number;
  /** Shell words before python, such as `ulimit -v 400000;`. */
  readonly before?: string;
}

export interface GuardedEnd {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** How often the kernel killed in that control group. */
  readonly kills: number;
}

/** Runs a real pytest with the memory guard, in `folder`, in a real control group. */
export async function runGuarded(folder: string, run: GuardedRun): Promise<GuardedEnd> {
  for (const [path, text] of Object.entries(run.files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await using group = run.limitMiB === undefined ? undefined : await controlGroup(run.limitMiB << 20);
  const enter = group === undefined ? '' : `echo $$ > '${group.path}/cgroup.procs' && `;
  const args = [
    '-m',
    'pytest',
    '-p',
    'seaworthy_memory_guard',
    '-p',
    'no:cacheprovider',
    ...(run.args ?? []),
  ];
  const { exitCode, signal, stdout, stderr } = await execa(
    'sh',
    ['-c', `${run.before ?? ''} ${enter}exec "$0" "$@"`, run.python, ...args],
    {
      cwd: folder,
      reject: false,
      timeout: 50_000,
      env: { PYTHONPATH: pythonPath(run.major), COLUMNS: '300', ...run.env },
    },
  );
  return { exitCode, signal, stdout, stderr, kills: (await group?.kills()) ?? 0 };
}

function pythonPath(major: PytestMajor): string {
  // This version of xdist is for pytest 7 and later.
  const xdist = major === 6 ? [] : [pytestFolder('xdist')];
  return [pytestFolder(major), ...xdist, memoryGuardFolder()].join(':');
}

interface ControlGroup extends AsyncDisposable {
  readonly path: string;
  kills(): Promise<number>;
}

/** Below the one that this process is in: version 1 where the memory controller is there, else version 2. */
async function controlGroup(limitBytes: number): Promise<ControlGroup> {
  const membership = await readFile('/proc/self/cgroup', 'utf8');
  const first = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(membership)?.[1];
  const second = /^0::(.*)$/m.exec(membership)?.[1] ?? '/';
  const name = `seaworthy-guard-${randomBytes(6).toString('hex')}`;
  const parent = first === undefined ? join('/sys/fs/cgroup', second) : join('/sys/fs/cgroup/memory', first);
  const path = join(parent, name);
  await mkdir(path);
  if (first !== undefined) {
    await writeFile(join(path, 'memory.limit_in_bytes'), String(limitBytes));
  } else {
    await writeFile(join(path, 'memory.max'), String(limitBytes));
    await writeFile(join(path, 'memory.swap.max'), '0').catch(() => undefined);
  }
  const events = join(path, first === undefined ? 'memory.events' : 'memory.oom_control');
  return {
    path,
    kills: async () => Number(/^oom_kill (\d+)/m.exec(await readFile(events, 'utf8'))?.[1] ?? 0),
    async [Symbol.asyncDispose]() {
      // Processes that xdist's controller left behind are gone a moment later.
      for (let attempt = 0; existsSync(path); attempt += 1) {
        const removed = await rmdir(path).then(
          () => true,
          () => false,
        );
        if (removed) return;
        if (attempt > 200) throw new Error(`${path} is still in use`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
  };
}

/**
 * Takes up to `mebibytes`, not in one piece: the first ones quickly, what may come to a threshold at a pace at which the
 * guard comes to look on a busy machine too.
 */
export function growing(mebibytes: number, quickly = 100): string {
  return `held = []
for _ in range(${String(mebibytes)}):
    held.append(bytearray(b"x" * (1 << 20)))
    __import__("time").sleep(0.01 if len(held) > ${quickly} else 0)
`;
}
