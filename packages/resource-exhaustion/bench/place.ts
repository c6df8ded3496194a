import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCgroup, type CgroupLimits, type OwnedCgroup } from '@seaworthy/cgroups';
import type { Environment, OwnedProcess, Workspace } from '@seaworthy/scenario';
import { openSandbox } from '../src/sandbox/open-sandbox.ts';
import type { Sandbox, SandboxLimits } from '../src/model/sandbox.ts';

export const signal: AbortSignal = new AbortController().signal;
export const MIB: number = 2 ** 20;

const { stdout } = spawnSync(
  'python3',
  ['-c', 'import sys, platform; print(sys.executable, platform.python_version())'],
  {
    encoding: 'utf8',
  },
);
const [executable, version] = stdout.trim().split(' ') as [string, string];

/** This machine, without an engine: sandboxes are cgroups of it, as the peer's are. */
export const environment: Environment = {
  project: { root: '/' },
  cores: 1,
  memoryBytes: 2 ** 32,
  python: { executable, version, implementation: 'CPython' },
};

export function openPlace(
  workspace: Workspace,
  keeper: 'python' | 'native',
  request: Partial<SandboxLimits>,
): Promise<Sandbox> {
  return openSandbox({ environment, workspace, signal, keeper, request });
}

export interface Peer extends AsyncDisposable {
  readonly cgroup: OwnedCgroup;
  readonly process: OwnedProcess;
  /** `performance.now()` when it was let go. */
  readonly startedAt: number;
}

/** stress-ng in a cgroup of its own with the same limits, in it from its first instruction on. */
export async function startStress(
  workspace: Workspace,
  limits: CgroupLimits,
  args: readonly string[],
): Promise<Peer> {
  await using stack = new AsyncDisposableStack();
  const cgroup = await makeCgroup(workspace, limits, 'peer');
  if (cgroup === undefined) throw new Error('This benchmark needs control groups that may be written to');
  stack.use(cgroup);
  const owned = workspace.spawn('sh', ['-c', 'read -r go && exec stress-ng "$@"', 'sh', ...args, '--quiet'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  stack.use(owned);
  await sleep(50);
  cgroup.add(owned.pid);
  owned.child.stdin!.write('go\n');
  const startedAt = performance.now();
  const all = stack.move();
  return { cgroup, process: owned, startedAt, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  console.log(`| ${head.join(' | ')} |`);
  console.log(`| ${head.map((_, at) => (at === 0 ? '---' : '---:')).join(' | ')} |`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

export function verdict(isMet: boolean, text: string): void {
  console.log(`\n${isMet ? 'Met' : 'NOT MET'}: ${text}`);
  if (!isMet) process.exitCode = 1;
}

export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
