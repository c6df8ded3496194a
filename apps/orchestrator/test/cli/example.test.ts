import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Sandbox } from './seaworthy.ts';

const shop = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'shop');

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true }).map(String).sort();

test('the example project: its cycle, which module crashes, and the import to move', async () => {
  using sandbox = new Sandbox();
  const before = filesOf(shop);
  const { exitCode, stdout, stderr } = await sandbox.run(['imports', join(shop, 'src')]);
  expect(stdout).toContain('shop.customers');
  expect(stdout).toMatch(/ImportError: cannot import name 'Customer'/);
  expect(stdout).toMatch(/1 of 2 modules crashes when imported first; 1 import to move/);
  expect(stderr).toMatch(/^seaworthy: 1 import cycle, none is allowed/);
  expect(exitCode).toBe(1);
  expect(filesOf(shop)).toEqual(before);
});

test('the example project passes imports/project with warnings, which the closing line counts', async () => {
  using sandbox = new Sandbox();
  const before = filesOf(shop);
  const { exitCode, stdout } = await sandbox.run(['validate', 'imports/project', '--project', shop]);
  expect(stdout).toMatch(/^ok +imports\/project .* 2 warnings$/m);
  expect(stdout).toMatch(/^WARN IMP001 [^]*^WARN IMP003 /m);
  expect(stdout).not.toMatch(/FAIL|reproduce/);
  expect(stdout).toMatch(/^1 passed, 2 warnings in /m);
  expect(exitCode).toBe(0);
  expect(filesOf(shop)).toEqual(before);
});
