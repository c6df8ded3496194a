import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { CollectionOutcome } from '../../src/model/collection-outcome.ts';
import { smallProject } from './small-project.ts';

/** With more and more time, until the collection has come to the file: how soon that is depends on the machine. */
async function timeOut(
  program: string,
): Promise<{ outcome: Extract<CollectionOutcome, { kind: 'timed-out' }>; path: string }> {
  await using project = await smallProject({ 'test_a.py': `def hang():\n${indent(program)}\nhang()\n` });
  const path = project.path('test_a.py');
  for (let timeoutMs = 2_000; ; timeoutMs *= 2) {
    const { outcome } = await project.collect({}, { timeoutMs });
    if (outcome.kind !== 'timed-out') throw new Error(`Expected a timeout, got ${JSON.stringify(outcome)}`);
    expect(outcome.afterMs).toBeGreaterThanOrEqual(timeoutMs);
    const hangs = outcome.at.path === path && outcome.stacks[0]?.frames.some((frame) => frame.path === path);
    if (hangs === true || timeoutMs > 60_000) return { outcome, path };
  }
}

function indent(program: string): string {
  return program
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

describe('a collection that takes too long says where it hangs and what for', { timeout: 240_000 }, () => {
  test('sleep', async () => {
    const { outcome, path } = await timeOut('import time\ntime.sleep(600)');
    expect(outcome.at).toMatchObject({ phase: 'collect', path });
    expect(outcome.waitsFor).toBe('time to pass (sleep)');
    expect(outcome.stacks[0]?.frames.slice(0, 2)).toEqual([
      { path, line: 3, function: 'hang' },
      { path, line: 4, function: '<module>' },
    ]);
  });

  test('a lock, with the stack of the other thread', async () => {
    const program = [
      'import threading, time',
      'lock, held = threading.Lock(), threading.Event()',
      'def hold():',
      '    with lock: held.set(); time.sleep(600)',
      'threading.Thread(target=hold, name="holder", daemon=True).start()',
      'held.wait()',
      'lock.acquire()',
    ].join('\n');
    const { outcome, path } = await timeOut(program);
    expect(outcome.waitsFor).toBe('a lock');
    expect(outcome.stacks).toHaveLength(2);
    expect(outcome.stacks[0]?.frames[0]).toEqual({ path, line: 8, function: 'hang' });
    expect(outcome.stacks[1]?.frames[0]).toEqual({ path, line: 5, function: 'hold' });
  });

  test('a child', async () => {
    const { outcome } = await timeOut('import subprocess\nsubprocess.run(["sleep", "601"])');
    expect(outcome.waitsFor).toMatch(/^a child: sleep 601 \(pid \d+\)$/);
  });

  test('the output of a child', async () => {
    const { outcome } = await timeOut('import subprocess\nsubprocess.check_output(["sleep", "602"])');
    expect(outcome.waitsFor).toMatch(/^the output of a child: sleep 602 \(pid \d+\)$/);
  });

  test.each([
    ['without a timeout', 'None'],
    ['with a timeout of its own', '600'],
  ])('the answer from a socket, %s', async (_, seconds) => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const { outcome } = await timeOut(
        `import socket\nsocket.create_connection(("127.0.0.1", ${port}), timeout=${seconds}).recv(1)`,
      );
      expect(outcome.waitsFor).toBe(`an answer from 127.0.0.1:${port}`);
    } finally {
      server.close();
    }
  });

  test('a connection that nobody accepts', async () => {
    // A backlog that is full: the kernel lets further connections wait, as a host that does not answer does.
    const program = [
      'import socket',
      'server = socket.socket(); server.bind(("127.0.0.1", 0)); server.listen(0)',
      'others = []',
      'for _ in range(8):',
      '    other = socket.socket(); other.setblocking(False); other.connect_ex(server.getsockname()); others.append(other)',
      'last = socket.socket(); last.connect(server.getsockname())',
    ].join('\n');
    const { outcome } = await timeOut(program);
    expect(outcome.waitsFor).toMatch(/^connect to 127\.0\.0\.1:\d+$/);
  });

  test('the lock of a file, and who holds it', async () => {
    const hold =
      'import fcntl, sys, time; f = open(sys.argv[1], "w"); fcntl.flock(f, 2); print(1, flush=True); time.sleep(603)';
    const program = [
      'import fcntl, subprocess, sys',
      `child = subprocess.Popen([sys.executable, "-c", '${hold}', "held.lock"], stdout=subprocess.PIPE)`,
      'child.stdout.read(1)',
      'fcntl.flock(open("held.lock"), fcntl.LOCK_EX)',
    ].join('\n');
    const { outcome } = await timeOut(program);
    expect(outcome.waitsFor).toMatch(/^a lock on \/.*\/held\.lock, held by .*sleep\(603\).* \(pid \d+\)$/);
  });

  test('nothing: it computes', async () => {
    const { outcome, path } = await timeOut('while True: pass');
    expect(outcome.waitsFor ?? 'nothing: it computes').toBe('nothing: it computes');
    expect(outcome.stacks[0]?.frames[0]).toMatchObject({ path, function: 'hang' });
  });
});
