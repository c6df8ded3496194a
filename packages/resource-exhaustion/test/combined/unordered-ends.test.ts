import { expect, test } from 'vitest';
import { UnorderedEnds } from '../../src/combined/unordered-ends.ts';
import { startKeeper, twoKeepers } from '../keeper/start-keeper.ts';

test('tells who ended, with what others know of it', async () => {
  await using started = await startKeeper(twoKeepers().at(-1)!);
  const [first, second, third] = [
    await started.keeper.startVictim(),
    await started.keeper.startVictim(),
    await started.keeper.startVictim(),
  ];
  const ends = new UnorderedEnds([first, second, third]);
  expect([ends.any, ends.deaths([])]).toEqual([false, []]);
  for (const victim of [second, third]) {
    await victim.kill('SIGKILL');
    await victim.ended;
  }
  const known = {
    atMs: 5,
    worker: 0,
    pid: second.pid,
    heldBytes: 77,
    ending: { code: null, signal: 'SIGKILL' },
  };
  expect(ends.any).toBe(true);
  expect(ends.deaths([known])).toEqual([
    known,
    expect.objectContaining({ worker: 2, pid: third.pid, heldBytes: 0 }),
  ]);
});
