import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demandWritable, writeFileAtomically } from '../../src/files/write-file-atomically.ts';
import { temporaryFolder } from '../workspace/running-tool.ts';

test('a file that cannot be replaced stays as it was, and nothing half-written is left', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'taken');
  await writeFileAtomically(join(file, 'inner.txt'), 'old');
  await expect(writeFileAtomically(file, 'new')).rejects.toMatchObject({
    name: 'UsageError',
    code: 'CANNOT_WRITE',
    message: expect.stringContaining('it is a folder') as string,
  });
  expect(readdirSync(folder.path)).toEqual(['taken']);
  expect(readFileSync(join(file, 'inner.txt'), 'utf8')).toBe('old');
});

test('a full device is named as such, and is still a device afterwards', async () => {
  await expect(writeFileAtomically('/dev/full', 'x')).rejects.toMatchObject({
    code: 'CANNOT_WRITE',
    message: expect.stringContaining('the disk is full') as string,
  });
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
});

test('a symbolic link keeps pointing where it points', async () => {
  using folder = temporaryFolder();
  const [real, link] = [join(folder.path, 'real.json'), join(folder.path, 'link.json')];
  writeFileSync(real, 'old');
  symlinkSync(real, link);
  await writeFileAtomically(link, 'new');
  expect(readFileSync(real, 'utf8')).toBe('new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('a link to what is not there yet makes it there, also across a linked folder', async () => {
  using folder = temporaryFolder();
  const at = (...names: string[]): string => join(folder.path, ...names);
  mkdirSync(at('deep', 'er'), { recursive: true });
  symlinkSync(at('deep', 'er'), at('short'));
  symlinkSync('../second.json', at('short', 'first.json')); // Relative to deep/er, not to the folder of "short".
  symlinkSync('new/third.json', at('deep', 'second.json'));
  await demandWritable(at('short', 'first.json'));
  await writeFileAtomically(at('short', 'first.json'), 'new');
  expect(readFileSync(at('deep', 'new', 'third.json'), 'utf8')).toBe('new');
  expect(lstatSync(at('deep', 'er', 'first.json')).isSymbolicLink()).toBe(true);
  expect(readdirSync(at('deep')).sort()).toEqual(['er', 'new', 'second.json']);
});

test('links that go round in circles are named', async () => {
  using folder = temporaryFolder();
  symlinkSync('b', join(folder.path, 'a'));
  symlinkSync('a', join(folder.path, 'b'));
  for (const write of [demandWritable, (file: string) => writeFileAtomically(file, 'x')])
    await expect(write(join(folder.path, 'a'))).rejects.toThrow(/in circles/);
  expect(readdirSync(folder.path).sort()).toEqual(['a', 'b']);
});

test.each([0o600, 0o666, 0o640])('a file keeps its permissions, whatever the umask (%#)', async (mode) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'run.json');
  writeFileSync(file, 'old');
  chmodSync(file, mode);
  await writeFileAtomically(file, 'new');
  expect(statSync(file).mode & 0o777).toBe(mode);
});

test('looking whether a file can be written leaves it as it is', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'run.json');
  writeFileSync(file, 'old');
  await demandWritable(file);
  await demandWritable(join(folder.path, 'other.json'));
  expect(readdirSync(folder.path)).toEqual(['run.json']);
  expect(readFileSync(file, 'utf8')).toBe('old');
  await expect(demandWritable(folder.path)).rejects.toThrow(/it is a folder/);
});
