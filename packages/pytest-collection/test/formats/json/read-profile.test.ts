import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatJson, parseProfile, readProfile } from '../../../src/formats/index.ts';
import { aProfile } from '../a-profile.ts';

const HOW = 'Save one with `seaworthy collect --format json`';

/** A saved profile with something in it replaced. */
function saved(from: string, to: string): string {
  const text = formatJson(aProfile());
  expect(text).toContain(from);
  return text.replace(from, to);
}

function refusal(text: string): { code: string; message: string } {
  try {
    parseProfile(text, 'old.json');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  }
  throw new Error('it was read');
}

describe('parseProfile', () => {
  it.each([
    ['nothing', '', `old.json is empty. ${HOW}`],
    ['another JSON', '{"scenarios": []}', `old.json is no collection profile. ${HOW}`],
    ['null', 'null', `old.json is no collection profile. ${HOW}`],
    [
      'a run without its wall time',
      saved('"wallMs":', '"wall":'),
      `old.json is a broken collection profile: runs.cold.wallMs is missing. ${HOW}`,
    ],
    [
      'a text for a number',
      saved('"found":1204', '"found":"many"'),
      `old.json is a broken collection profile: tests.found should be a number, not "many". ${HOW}`,
    ],
    [
      'an outcome of another kind',
      saved('"outcome": {"kind":"finished"}', '"outcome": {"kind":"tired"}'),
      `old.json is a broken collection profile: outcome.kind should be one of "finished", `,
    ],
    [
      'a node that is none, deep in the tree',
      saved('"name":"TestCoupon","kind":"class"', '"name":"TestCoupon","kind":7'),
      'old.json is a broken collection profile: tree.children[0].children[1].children[1].children[0].kind should be one of "folder", "file", "class", "other", not 7',
    ],
  ])('refuses %s and says where it is wrong', (_, text, message) => {
    const { code, message: told } = refusal(text);
    expect(code).toBe('NOT_A_PROFILE');
    expect(told).toContain(message);
  });

  it('says that a text is no JSON, and where', () => {
    expect(refusal('{"a": ').message).toMatch(/^old\.json is not JSON: .*JSON/);
  });

  it('refuses a profile of another version, whatever else that holds', () => {
    const newer =
      'old.json was made by a newer seaworthy (version 99 of the format; this one reads version 1)';
    for (const text of [saved('"schemaVersion": 1', '"schemaVersion": 99'), '{"schemaVersion": 99}'])
      expect(refusal(text)).toMatchObject({
        code: 'PROFILE_VERSION',
        message: expect.stringContaining(newer) as string,
      });
    expect(refusal(saved('"schemaVersion": 1', '"schemaVersion": 0'))).toMatchObject({
      code: 'PROFILE_VERSION',
      message:
        'old.json is a collection profile of version 0; this seaworthy reads version 1. Save it again with this version',
    });
  });

  it('leaves alone what it does not know, and a mark that an editor put before it', () => {
    const profile = parseProfile(`\ufeff${saved('"schemaVersion": 1', '"schemaVersion": 1, "later": true')}`);
    expect(profile).toEqual({ ...aProfile(), later: true });
  });
});

describe('readProfile', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seaworthy-profile-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads a file that formatJson made', async () => {
    const file = join(folder, 'profile.json');
    writeFileSync(file, formatJson(aProfile()));
    expect(await readProfile(file)).toEqual(aProfile());
  });

  it('says what is wrong with the file', async () => {
    const missing = join(folder, 'missing.json');
    await expect(readProfile(missing)).rejects.toThrow(
      `Cannot read the profile ${missing}: there is no such file. ${HOW}`,
    );
    await expect(readProfile(folder)).rejects.toThrow('it is a folder');
    const empty = join(folder, 'empty.json');
    writeFileSync(empty, '');
    await expect(readProfile(empty)).rejects.toThrow(`${empty} is empty`);
  });
});
