import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findConfiguration } from '../../src/configuration/find-configuration.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-config-'));
  await mkdir(join(folder, 'repo', '.git'), { recursive: true });
  await mkdir(join(folder, 'repo', 'services', 'shop'), { recursive: true });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const at = (...parts: readonly string[]): string => join(folder, 'repo', ...parts);

test('the nearest one above the project counts', async () => {
  await writeFile(at('seaworthy.config.json'), '{}');
  expect(await findConfiguration(at('services', 'shop'))).toBe(at('seaworthy.config.json'));
  await writeFile(at('services', 'seaworthy.config.mjs'), '');
  expect(await findConfiguration(at('services', 'shop'))).toBe(at('services', 'seaworthy.config.mjs'));
});

test('package.json counts only where it has the key', async () => {
  await writeFile(at('package.json'), '{"seaworthy":{}}');
  await writeFile(at('services', 'package.json'), '{"name":"x"}');
  await writeFile(at('services', 'shop', 'package.json'), 'not json');
  expect(await findConfiguration(at('services', 'shop'))).toBe(at('package.json'));
});

test('nothing above the repository counts', async () => {
  await writeFile(join(folder, 'seaworthy.config.json'), '{}');
  expect(await findConfiguration(at('services', 'shop'))).toBeUndefined();
});

test('two in one folder are a mistake', async () => {
  await writeFile(at('seaworthy.config.json'), '{}');
  await writeFile(at('package.json'), '{"seaworthy":{}}');
  await expect(findConfiguration(at('services', 'shop'))).rejects.toThrow(
    /seaworthy\.config\.json, package\.json/,
  );
});
