import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-configuration-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['throws.mjs', 'const x = 1;\nthrow new Error(`boom ${x}`);\n', /Cannot load throws\.mjs:2: boom 1/],
  ['nothing.mjs', 'export const x = 1;\n', /nothing\.mjs has no default export/],
  ['broken.json', '{\n  "deadline": \n', /broken\.json is no JSON/],
])('%s: says what is wrong, and where', async (name, source, message) => {
  await writeFile(join(folder, name), source);
  await expect(loadConfiguration(folder, folder, name)).rejects.toThrow(message);
});
