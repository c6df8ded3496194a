import { join } from 'node:path';
import { readRunRecord } from '@seaworthy/run-record';
import { expect, test } from 'vitest';
import { Sandbox } from './seaworthy.ts';

test('each fault of a scenario turns exactly its check red, and the record says so', async () => {
  using sandbox = new Sandbox();
  const file = join(sandbox.folder, 'run.json');
  const { exitCode, stdout } = await sandbox.run([
    'prove',
    'imports/simple-cycle',
    '--report',
    `json=${file}`,
  ]);
  expect(stdout).toMatch(/^imports\/simple-cycle {2}without a fault: before passed, after passed$/m);
  expect(stdout).toMatch(/^6 of 6 faults caught/m);
  expect(exitCode).toBe(0);
  const { proofs } = await readRunRecord(file);
  expect(proofs?.[0]?.faults.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'caught'));
});

test('without an interpreter nothing is proven', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run(['prove', 'imports/leak'], { env: { PATH: '/nowhere' } });
  expect(stdout).toMatch(/^ {2}no environment +imports\/leak /m);
  expect(stdout).toMatch(/^0 of \d+ faults caught/m);
  expect(exitCode).toBe(3);
});
