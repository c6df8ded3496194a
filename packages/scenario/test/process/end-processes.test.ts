import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { endProcesses } from '../../src/process/end-processes.ts';
import { identify, isAlive, type ProcessIdentity } from '../../src/process/process-identity.ts';

function start(script: string): { child: ChildProcess; identity: ProcessIdentity } {
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, identity: identify(child.pid ?? 0) as ProcessIdentity };
}

const options = { graceMs: 200, giveUpMs: 5_000 };

test('SIGTERM first, SIGKILL for what ignores it', async () => {
  const polite = start('echo; exec sleep 1000');
  const stubborn = start('trap "" TERM; echo; exec sleep 1000');
  await Promise.all([polite, stubborn].map(({ child }) => once(child.stdout ?? child, 'data')));
  const exits = [polite, stubborn].map(({ child }) => once(child, 'exit'));
  const all = [polite.identity, stubborn.identity];
  const report = await endProcesses(() => all.filter(isAlive), options);
  expect(report).toEqual({ ended: 2, survivors: [] });
  expect(await Promise.all(exits)).toEqual([
    [null, 'SIGTERM'],
    [null, 'SIGKILL'],
  ]);
});

test('a stopped process is woken, so that it can end in its own way', async () => {
  const { child, identity } = start('trap "exit 5" TERM; echo; while :; do sleep 0.01; done');
  await once(child.stdout ?? child, 'data');
  child.kill('SIGSTOP');
  const exit = once(child, 'exit');
  await endProcesses(() => [identity].filter(isAlive), { graceMs: 20_000, giveUpMs: 30_000 });
  expect(await exit).toEqual([5, null]);
});

test('a process that was given the number of one that is gone is left alone', async () => {
  const { child, identity } = start('exec sleep 1000');
  const earlier = { ...identity, startTime: `${Number(identity.startTime) - 1}` };
  let looks = 0;
  const report = await endProcesses(() => ((looks += 1) < 4 ? [earlier] : []), options);
  expect(report.survivors).toEqual([]);
  expect(isAlive(identity)).toBe(true);
  expect(child.signalCode).toBeNull();
});

test('what appears while it looks is met by the next look, and what does not end is named', async () => {
  let looks = 0;
  const ghost = { pid: 2 ** 22 + 1, startTime: '1' };
  const report = await endProcesses(() => ((looks += 1) === 2 ? [ghost] : []), options);
  expect(report).toEqual({ ended: 1, survivors: [] });
  expect(looks).toBe(4);
  expect(await endProcesses(() => [ghost], { graceMs: 0, giveUpMs: 20 })).toEqual({
    ended: 1,
    survivors: [ghost.pid],
  });
});
