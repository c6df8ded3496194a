import { expect, test } from 'vitest';
import { endVictims } from '../../src/pressure/end-victims.ts';
import { isAlive, startKeeper, twoKeepers } from '../keeper/start-keeper.ts';

test('a keeper that hangs is not waited for', async () => {
  await using started = await startKeeper(twoKeepers().at(-1)!);
  const victim = await started.keeper.startVictim();
  started.child.kill('SIGSTOP');
  await endVictims([victim], 100);
  expect(isAlive(victim.pid)).toBe(true);
  started.child.kill('SIGCONT');
  expect(await victim.ended).toMatchObject({ code: 0 });
});
