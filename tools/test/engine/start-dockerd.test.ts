import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/debian/find-program.ts';
import { startDockerd, type DockerdStart } from '../../src/engine/start-dockerd.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'seaworthy-dockerd-'))));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/**
 * A daemon that shares nothing with that of the machine, not even the network: a daemon that shall have no bridge removes
 * `docker0`, whoever made it.
 */
function secondDaemon(): DockerdStart {
  const socket = join(folder, 'docker.sock');
  const folders = ['data-root', 'exec-root'].map((name) => `--${name}=${join(folder, name)}`);
  const apart = [
    `--pidfile=${join(folder, 'pid')}`,
    '--iptables=false',
    '--bridge=none',
    '-H',
    `unix://${socket}`,
  ];
  return {
    program: 'unshare',
    arguments: ['--net', findProgram('dockerd') ?? 'dockerd', ...folders, ...apart],
    endpoint: { kind: 'socket', path: socket },
    logFile: join(folder, 'log/dockerd.log'),
  };
}

async function ended(pid: number): Promise<void> {
  await expect.poll(() => existsSync(`/proc/${String(pid)}`), { timeout: 30_000, interval: 100 }).toBe(false);
}

describe('startDockerd', () => {
  it('starts a daemon in a session of its own, that answers', async () => {
    const { pid, engine } = await startDockerd(secondDaemon());
    try {
      expect(engine.facts).toMatchObject({ product: 'docker', local: true });
      const session = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ')[3];
      expect(Number(session)).toBe(pid);
    } finally {
      process.kill(pid, 'SIGTERM');
      await ended(pid);
    }
  });

  it('fails with the last lines of the log', async () => {
    const start = { ...secondDaemon(), arguments: ['--net', 'dockerd', '--no-such-option'] };
    await expect(startDockerd(start)).rejects.toThrow(
      /it ended with exit code \d+\.\nThe last lines of .*dockerd\.log:\n(.*\n)* {2}.*--no-such-option/,
    );
  });

  it('fails where the program is not there', async () => {
    await expect(startDockerd({ ...secondDaemon(), program: '/no/dockerd' })).rejects.toThrow('ENOENT');
  });

  it('ends a daemon that does not answer in time, and waits for its end', async () => {
    const endpoint = { kind: 'socket', path: join(folder, 'other.sock') } as const;
    const start = { ...secondDaemon(), endpoint, timeoutMs: 1_500 };
    await expect(startDockerd(start)).rejects.toThrow('it has not answered at /');
    expect(existsSync(join(folder, 'pid'))).toBe(false);
  });

  it('kills one that does not listen to being told', async () => {
    const deaf = `trap '' TERM; echo $$ > ${join(folder, 'pid')}; while :; do sleep 0.1; done`;
    const start = { ...secondDaemon(), program: 'sh', arguments: ['-c', deaf] };
    await expect(startDockerd({ ...start, timeoutMs: 500, patienceMs: 200 })).rejects.toThrow('not answered');
    expect(existsSync(`/proc/${readFileSync(join(folder, 'pid'), 'utf8').trim()}`)).toBe(false);
  });

  it('does not take another daemon that answers there for its own', async () => {
    const usual = { kind: 'socket', path: '/var/run/docker.sock' } as const;
    const start = { ...secondDaemon(), program: 'sleep', arguments: ['1'], endpoint: usual };
    await expect(startDockerd(start)).rejects.toThrow('it ended with exit code 0');
  });
});
