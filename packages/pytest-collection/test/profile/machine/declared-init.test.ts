import { expect, test } from 'vitest';
import { declaredInit } from '../../../src/profile/machine/declared-init.ts';

const of = (...command: string[]) => declaredInit({ command, init: false });

test.each([
  ['pytest itself', ['pytest', '-q'], true],
  ['an interpreter', ['/usr/local/bin/python3.13', '-m', 'pytest'], true],
  ['a shell that is replaced', ['/bin/sh', '-c', 'pytest -q'], true],
  ['a shell that is told to be', ['sh', '-c', 'cd /app && exec pytest'], true],
  ['a shell that goes on living', ['/bin/sh', '-c', 'pytest | tail -3'], false],
  ['one with options', ['bash', '-ec', 'pip list; pytest; echo'], false],
])('%s does nothing about SIGTERM', (_, command, handlesInterrupt) => {
  expect(of(...command)).toEqual({
    command: command.join(' '),
    handlesTerm: false,
    handlesInterrupt,
    declared: true,
  });
});

test.each([
  ['an init program', ['tini', '--', 'pytest']],
  ['a program of the project’s own', ['/entrypoint.sh', 'pytest']],
  ['a shell with a trap', ['sh', '-c', 'trap "kill 0" TERM; pytest & wait']],
  ['a shell that becomes something else', ['sh', '-c', 'exec tini pytest']],
  ['a script', ['sh', '/run.sh']],
  ['nothing', []],
])('of %s nothing is concluded', (_, command) => expect(of(...command)).toBeUndefined());

test('the engine’s own init program passes signals on', () => {
  expect(declaredInit({ command: ['pytest'], init: true })).toBeUndefined();
});
