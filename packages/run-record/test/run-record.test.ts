import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRunRecord, writeRunRecord } from '../src/index.ts';
import { aRecord } from './a-record.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-record-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('what is written is read back unchanged', async () => {
  const file = join(folder, 'new', 'folder', 'run.json');
  await writeRunRecord(file, aRecord);
  expect(await readRunRecord(file)).toEqual(aRecord);
});

test('a record carries the titles of the codes that occur, and of no others', () => {
  expect(aRecord.titles).toEqual({ IMP006: 'too many cycles' });
});

test('fields that a later version adds survive', async () => {
  const file = join(folder, 'run.json');
  await writeFile(file, JSON.stringify({ ...aRecord, later: { a: 1 } }));
  expect(await readRunRecord(file)).toHaveProperty('later.a', 1);
});

test.each([
  ['cut off', (text: string) => text.slice(0, 200), 'CORRUPT_RECORD', /not a run record/],
  ['empty', () => '', 'CORRUPT_RECORD', /not a run record/],
  ['another JSON file', () => '{"name":"x"}', 'CORRUPT_RECORD', /schema/],
  ['null', () => 'null', 'CORRUPT_RECORD', /not a run record/],
  [
    'a later schema',
    (text: string) => text.replace('"schema": 1', '"schema": 2'),
    'RECORD_SCHEMA',
    /schema 2/,
  ],
  [
    'an impossible verdict',
    (text: string) => text.replace('"failed"', '"green"'),
    'CORRUPT_RECORD',
    /results\[0\]\.verdict/,
  ],
] as const)('a file that is %s is refused', async (_, damage, code, message) => {
  const file = join(folder, 'run.json');
  await writeRunRecord(file, aRecord);
  await writeFile(file, damage(await readFile(file, 'utf8')));
  await expect(readRunRecord(file)).rejects.toMatchObject({
    name: 'UsageError',
    code,
    message: expect.stringMatching(message) as string,
  });
});

test('a missing record is the mistake of the one who named it', async () => {
  await expect(readRunRecord(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'NO_RECORD' });
});
