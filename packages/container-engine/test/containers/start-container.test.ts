import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openScope, openWorkspace, UsageError } from '@seaworthy/scenario';
import {
  EngineError,
  startContainer,
  type ContainerEngine,
  type ContainerSpec,
  type OwnedContainer,
} from '../../src/index.ts';
import { containersOf, testEngine, TINY } from '../test-engine.ts';

const spec = (script: string, rest: Partial<ContainerSpec> = {}): ContainerSpec => ({
  image: TINY,
  purpose: 'test',
  command: ['sh', '-c', script],
  limits: {},
  ...rest,
});

/** Fills a buffer of 64 MiB. */
const HOG = 'dd if=/dev/zero of=/dev/null bs=64M count=1';

/** In a workspace of its own, gone afterwards. */
async function within<T>(
  what: ContainerSpec,
  use: (container: OwnedContainer, engine: ContainerEngine) => Promise<T>,
): Promise<T> {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  await using container = await startContainer(engine, workspace, what);
  const result = await use(container, engine);
  await container[Symbol.asyncDispose]();
  expect(await containersOf(engine, `seaworthy-${workspace.runId}`)).toEqual([]);
  return result;
}

test('both outputs are whole, and the end is told with its code', async () => {
  const script = 'i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; echo problem >&2; exit 3';
  await within(spec(script), async (container) => {
    const [out, err, exit] = await Promise.all([
      text(container.stdout),
      text(container.stderr),
      container.exited,
    ]);
    expect(out.split('\n')).toHaveLength(3001);
    expect(out).toMatch(/line 2999\n$/);
    expect(err).toBe('problem\n');
    expect(exit).toMatchObject({ code: 3, oomKilled: false });
    const actions = exit.events.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['start', 'die']));
    expect(exit.events.find(({ action }) => action === 'die')?.attributes['exitCode']).toBe('3');
  });
});

test('what nobody reads does not keep it from ending', async () => {
  const script = 'i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done';
  await within(spec(script), async (container) => {
    const all = text(container.stderr);
    expect(await text(container.stdout)).toHaveLength(220_000);
    expect(await container.exited).toMatchObject({ code: 0 });
    expect(await all).toBe('');
  });
  await within(spec('echo unread; exit 4'), async ({ exited }) =>
    expect(await exited).toMatchObject({ code: 4 }),
  );
});

test('reads what is written to it, and sees the end of it', async () => {
  await within(spec('cat; echo end', { stdin: true }), async ({ stdin, stdout, exited }) => {
    stdin?.end('to and fro\n');
    expect(await text(stdout)).toBe('to and fro\nend\n');
    expect(await exited).toMatchObject({ code: 0 });
  });
});

test('has its environment, folder, user and mounts', async () => {
  await using workspace = await openWorkspace();
  const folder = await workspace.makeFolder('mounted');
  const what = spec('echo $GIVEN-$PWD-$(id -u); echo written > /there/file; touch /here/x', {
    env: { GIVEN: 'a=b c' },
    workingFolder: '/etc',
    user: '0:0',
    mounts: [
      { from: folder, to: '/there', writable: true },
      { from: folder, to: '/here' },
    ],
  });
  await within(what, async ({ stdout, stderr, exited }) => {
    const [out, err] = await Promise.all([text(stdout), text(stderr)]);
    expect(out).toBe('a=b c-/etc-0\n');
    expect(err).toContain('Read-only file system');
    expect(await exited).toMatchObject({ code: 1 });
    expect(readFileSync(`${folder}/file`, 'utf8')).toBe('written\n');
  });
});

test('its first process and cgroup are those that the kernel of this machine knows', async () => {
  await within(spec('exec sleep 1000'), async ({ hostPid, cgroup, id }) => {
    expect(readFileSync(`/proc/${hostPid}/cmdline`, 'latin1')).toBe('sleep\u00001000\u0000');
    expect(cgroup?.folders.memory).toContain(id);
  });
});

test('programs can be run in it, files be put into it', async () => {
  await within(spec('exec sleep 1000'), async (container) => {
    const options = { input: 'in', env: { A: 'b' }, workingFolder: '/etc', user: '7' };
    expect(await container.exec(['sh', '-c', 'cat; echo $A $PWD $(id -u) >&2; exit 5'], options)).toEqual({
      code: 5,
      stdout: 'in',
      stderr: 'b /etc 7\n',
    });
    await container.putFile('/etc/new.sh', '#!/bin/sh\necho ünïcode', 0o755);
    expect(await container.exec(['/etc/new.sh'])).toMatchObject({ code: 0, stdout: 'ünïcode\n' });
    const long = `/etc/${'n'.repeat(180)}`;
    await container.putFile(long, new Uint8Array(1_000_000).fill(65));
    expect(await container.exec(['stat', '-c', '%s %a %u', long])).toMatchObject({
      stdout: '1000000 644 0\n',
    });

    await expect(container.putFile('relative', '')).rejects.toThrow(UsageError);
    await expect(container.putFile('/no/such/folder/file', '')).rejects.toMatchObject({ status: 404 });
    await expect(container.exec(['no-such-program'])).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    await expect(container.exec(['sleep', '1000'], { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('sleep 1000') as string,
    });
    const abort = new AbortController();
    // One that closes its output is not over yet.
    const silent = 'exec >/dev/null 2>&1; sleep 1; exit 3';
    expect(await container.exec(['sh', '-c', silent])).toEqual({ code: 3, stdout: '', stderr: '' });
    const early = new AbortController();
    const never = container.exec(['sleep', '1000'], { signal: early.signal });
    early.abort(new Error('changed our mind'));
    await expect(never).rejects.toThrow('changed our mind');
    const cut = container.exec(['sleep', '1000'], { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 100);
    await expect(cut).rejects.toThrow('enough');
  });
});

test('a kill for memory is told by flag and event, also where the main process lives on', async () => {
  const limits = { memoryBytes: 16 * 2 ** 20, memorySwapBytes: 16 * 2 ** 20 };
  await within(spec(HOG, { limits }), async ({ exited }) => {
    const exit = await exited;
    expect(exit.oomKilled).toBe(true);
    expect(exit.events.map(({ action }) => action)).toContain('oom');
  });
  await within(spec(`${HOG}; exit 0`, { limits }), async ({ exited }) => {
    const exit = await exited;
    expect(exit).toMatchObject({ code: 0, oomKilled: true });
    const [oom, die] = ['oom', 'die'].map((name) => exit.events.find(({ action }) => action === name));
    expect((oom?.at ?? 0n) < (die?.at ?? 0n)).toBe(true);
  });
});

test('a kill that is none for memory is not told as one', async () => {
  await within(spec('exec sleep 1000'), async (container) => {
    await container.kill('SIGKILL');
    const exit = await container.exited;
    expect(exit).toMatchObject({ code: 137, oomKilled: false });
    expect(exit.events.map(({ action }) => action)).not.toContain('oom');
    await container.kill('SIGKILL'); // It is gone already: nothing to do.
  });
});

test('is killed when its deadline is over', async () => {
  await within(spec('exec sleep 1000', { deadlineMs: 300 }), async ({ exited }) => {
    expect(await exited).toMatchObject({ code: 137 });
  });
});

test('goes with its part of the workspace, and tells its end', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const scope = await openScope(workspace, 'part');
  const container = await startContainer(engine, scope, spec('exec sleep 1000'));
  await scope[Symbol.asyncDispose]();
  expect(await containersOf(engine, `seaworthy-${workspace.runId}`)).toEqual([]);
  expect(await container.exited).toMatchObject({ code: 137 });
});

test.for<[string, Partial<ContainerSpec>, string, string]>([
  [
    'an image that is not there',
    { image: 'shop-tests:none' },
    'NO_IMAGE',
    'docker build -t shop-tests:none .',
  ],
  [
    'a command that is not there',
    { command: ['no-such'] },
    'COMMAND_NOT_FOUND',
    'cannot run the command no-such',
  ],
  ['a command that is a folder', { command: ['/etc'] }, 'COMMAND_NOT_FOUND', 'may not be executed'],
  ['less memory than the engine allows', { limits: { memoryBytes: 2 ** 20 } }, 'LIMIT_REFUSED', '6MB'],
  ['more CPUs than there are', { limits: { cpus: 10_000 } }, 'LIMIT_REFUSED', 'CPUs'],
  ['a mount of what is not there', { mounts: [{ from: '/no/such', to: '/x' }] }, 'OTHER', '/no/such'],
])('%s: an error that says what to do, and nothing is left', async ([, changes, code, message]) => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const error = await startContainer(engine, workspace, spec('true', changes)).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) as string });
  expect(await containersOf(engine, `seaworthy-${workspace.runId}`)).toEqual([]);
});

const MISTAKES: readonly (readonly [string, Partial<ContainerSpec>])[] = [
  ['no memory', { limits: { memoryBytes: 0 } }],
  ['negative memory', { limits: { memoryBytes: -1 } }],
  ['a fraction of a byte', { limits: { memoryBytes: 1e8 + 0.5 } }],
  ['swap without memory', { limits: { memorySwapBytes: 1e8 } }],
  ['less with swap than without', { limits: { memoryBytes: 2e8, memorySwapBytes: 1e8 } }],
  ['no CPU', { limits: { cpus: 0 } }],
  ['negative CPUs', { limits: { cpus: -1 } }],
  ['no processes', { limits: { pids: 0 } }],
  ['a soft limit above the hard one', { limits: { ulimits: [{ name: 'nofile', soft: 2, hard: 1 }] } }],
  ['an empty tmpfs', { limits: { tmpfs: [{ path: '/x', bytes: 0 }] } }],
  ['a tmpfs nowhere', { limits: { tmpfs: [{ path: 'x' }] } }],
  ['no shared memory', { limits: { shmBytes: 0 } }],
  ['a purpose that is no name', { purpose: 'a/b' }],
];

test('what means nothing is a mistake, told before the engine is asked', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  for (const [name, changes] of MISTAKES) {
    await expect(startContainer(engine, workspace, spec('true', changes)), name).rejects.toThrow(UsageError);
  }
});

test('without limits, as plain JavaScript may call it, it is refused in words', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const bare = { image: TINY, purpose: 'test', command: ['true'] } as unknown as ContainerSpec;
  const error: unknown = await startContainer(engine, workspace, bare).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({
    code: 'NO_LIMITS',
    message: expect.stringContaining('or {} for a container without limits') as string,
  });
});
