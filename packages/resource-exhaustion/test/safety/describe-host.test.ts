import { cpus, release, totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { describeHost } from '../../src/safety/describe-host.ts';

test('a description has everything that tells this machine from another', async () => {
  const host = await describeHost();
  expect(host).toMatchObject({ cores: cpus().length, memoryBytes: totalmem(), kernel: release() });
  expect(host.system).toMatch(/\w/);
  expect(host.processor).toMatch(/\w/);
  expect(JSON.parse(JSON.stringify(host))).toEqual(host);
});
