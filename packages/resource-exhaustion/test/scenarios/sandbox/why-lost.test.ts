import { expect, test } from 'vitest';
import { KeeperGone, KeeperRefused } from '../../../src/keeper/keeper-gone.ts';
import { FiguresGone } from '../../../src/pressure/figures-gone.ts';
import { whyLost } from '../../../src/scenarios/sandbox/why-lost.ts';

test.each([
  [new KeeperGone('The keeper of the sandbox is gone'), 'The keeper of the sandbox is gone'],
  [new FiguresGone('memory'), 'the memory of the sandbox cannot be measured (any more)'],
  [
    new KeeperRefused('EAGAIN', 'start a victim'),
    'something was refused to it. The keeper could not start a victim: EAGAIN',
  ],
  [new TypeError('x is not a function'), undefined],
])('%s: %s', (error, why) => {
  expect(whyLost(error)).toBe(why);
});
