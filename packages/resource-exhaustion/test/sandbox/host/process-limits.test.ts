import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { launchCommand } from '../../../src/sandbox/host/launch-script.ts';
import { parseProcessLimits, readProcessLimits } from '../../../src/sandbox/host/process-limits.ts';

test('limits are those that the launcher set before the command took its place', async () => {
  const limits = { descriptors: 77, dataBytes: 300 * 2 ** 20, fileBytes: 10_240, cpuSeconds: 30 };
  const [program, ...args] = launchCommand(limits, '/nowhere', ['cat']);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write('go\nhello\n');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(said), 'the line after the first is the command').toBe('hello\n');
  expect(readProcessLimits(child.pid ?? 0)).toEqual({
    descriptors: 77,
    dataBytes: 300 * 2 ** 20,
    fileBytes: 10_240,
  });
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a launcher whose owner is gone before it said go starts nothing', async () => {
  const [program, ...args] = launchCommand({}, '/nowhere', ['echo', 'started']);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end();
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  expect(await once(child, 'close')).toEqual([97, null]);
  expect(said).toBe('');
});

test('what is unlimited is absent', () => {
  expect(
    parseProcessLimits(
      'Limit                     Soft Limit           Hard Limit           Units     \nMax data size             unlimited            unlimited            bytes     \nMax open files            1024                 524288               files     \n',
    ),
  ).toEqual({ descriptors: 1024 });
});

test('a process that is not there has none', () => {
  expect(readProcessLimits(2 ** 30)).toEqual({});
});
