import { mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { removeCgroup } from '../../src/workspace/remove-cgroup.ts';
import { RunningTool, temporaryFolder } from './running-tool.ts';
import { sweepWorkspaces } from '../../src/workspace/sweep-workspaces.ts';

/** Mounted hierarchies (one per version and controller) in which this user may make cgroups. */
function writableHierarchies(): { version: 1 | 2; path: string }[] {
  if (process.platform !== 'linux') return [];
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const path = line.split(' ')[4] ?? '';
      const type = /- (cgroup2?) /.exec(line)?.[1];
      const version = type === 'cgroup2' ? (2 as const) : (1 as const);
      return type !== undefined && canMake(path) && (version === 2 || /memory|pids/.test(path))
        ? [{ version, path }]
        : [];
    });
}

function canMake(path: string): boolean {
  const probe = join(path, `seaworthy-probe-${process.pid}`);
  try {
    mkdirSync(probe);
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
}

const hierarchies = writableHierarchies();
const found = hierarchies.map(({ version, path }) => `v${version} at ${path}`).join(', ');
console.info(
  `Hierarchies in which cgroups can be made here: ${found === '' ? 'none, so removal is only refused' : found}`,
);

test.each(hierarchies)(
  'removes a cgroup of version $version under $path with all that runs below it',
  async ({ path }) => {
    await using workspace = await openWorkspace();
    const cgroup = join(path, `seaworthy-${workspace.runId}-test`);
    const owned = workspace.own({ kind: 'cgroup', path: cgroup });
    const inner = join(cgroup, 'inner');
    mkdirSync(inner, { recursive: true });
    const processes = [cgroup, inner].map((place, index) => {
      // The root of a version 2 hierarchy has no rule against processes in inner nodes unless controllers are on.
      const process = workspace.spawn('sh', ['-c', 'trap "" TERM; sleep 1000 & sleep 1000'], {
        stdio: 'ignore',
      });
      writeFileSync(join(place, 'cgroup.procs'), String(process.pid));
      expect(readFileSync(join(place, 'cgroup.procs'), 'utf8').split('\n'), String(index)).toContain(
        String(process.pid),
      );
      return process;
    });
    await owned[Symbol.asyncDispose]();
    expect(existsSync(cgroup)).toBe(false);
    for (const process of processes) expect(await process.exited).toEqual({ code: null, signal: 'SIGKILL' });
  },
);

test.each(hierarchies)(
  'does so under $path after kill -9 of the tool, of its guard too, and of the second as well',
  async ({ path }) => {
    for (const killed of ['tool', 'guard too', 'second too'] as const) {
      using temporary = temporaryFolder();
      await using tool = new RunningTool(temporary.path, 5, path);
      const { runId, owner } = await tool.ready();
      const cgroup = join(path, `seaworthy-${runId}`);
      await expect.poll(() => processesIn(cgroup), { timeout: 60_000 }).toBeGreaterThan(0);
      if (killed === 'tool') await tool.kill();
      else if (killed === 'guard too') await tool.killWithGuard(owner.guard);
      else {
        await tool.killWithBoth();
        await sweepWorkspaces({ temporaryFolder: temporary.path });
      }
      expect((await tool.waitUntilNothingIsLeft(60_000)).left).toEqual([]);
      expect(existsSync(cgroup)).toBe(false);
    }
  },
);

test('refuses what is no cgroup, and does nothing where there is none', async () => {
  using temporary = temporaryFolder();
  await expect(removeCgroup(temporary.path)).rejects.toThrow(`Expected a cgroup at ${temporary.path}`);
  expect(statSync(temporary.path).isDirectory()).toBe(true);
  await removeCgroup(join(temporary.path, 'none'));
});

function processesIn(cgroup: string): number {
  try {
    return readFileSync(join(cgroup, 'cgroup.procs'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}
