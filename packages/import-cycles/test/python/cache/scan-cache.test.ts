import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPythonGraph } from '../../../src/python/build-python-graph.ts';
import type { ImportGraph } from '../../../src/model/import-graph.ts';
import { decodeCache, encodeCache } from '../../../src/python/cache/cache-format.ts';
import { edgesOf, projectFolder } from '../project-folder.ts';

const FILES = {
  'a.py': 'import b # seaworthy: ignore[import-cycle] -- why\nx = (',
  'b.py': 'from a import größe\n',
  'ünï\n.py': 'import a',
};

/** Long after the files of the test were written, so that they count as settled. */
const later = (): number => Date.now() + 60_000;

function build(folder: string, cacheFolder: string, now = later): Promise<ImportGraph> {
  return buildPythonGraph([folder], { cacheFolder, now });
}

function cacheFile(cacheFolder: string): string {
  const names = readdirSync(cacheFolder);
  expect(names).toHaveLength(1);
  return join(cacheFolder, names[0]!);
}

describe('the cache of scans', () => {
  it('gives the same graph as reading the files', async () => {
    const folder = projectFolder(FILES);
    const cache = join(projectFolder([]), 'made/when/needed');
    const fresh = await buildPythonGraph([folder]);
    expect(await build(folder, cache)).toEqual(fresh);
    const written = readFileSync(cacheFile(cache));
    const { ino } = statSync(cacheFile(cache));
    expect(await build(folder, cache)).toEqual(fresh);
    expect(readFileSync(cacheFile(cache))).toEqual(written);
    expect(statSync(cacheFile(cache)).ino).toBe(ino);
  });

  it('is what answers for unchanged files', async () => {
    const folder = projectFolder(FILES);
    const cache = projectFolder([]);
    await build(folder, cache);
    const file = cacheFile(cache);
    const content = decodeCache(readFileSync(file))!;
    const strings = content.strings.map((text) => (text === 'b' ? 'a' : text));
    writeFileSync(file, encodeCache({ ...content, strings }));
    expect(edgesOf(await build(folder, cache))).toContain('a -> a');
  });

  it('notices files that change, come and go', async () => {
    const folder = projectFolder(FILES);
    const cache = projectFolder([]);
    await build(folder, cache);
    const { mtime, atime } = statSync(join(folder, 'b.py'));
    writeFileSync(join(folder, 'b.py'), 'import b # größe123');
    utimesSync(join(folder, 'b.py'), atime, mtime);
    writeFileSync(join(folder, 'c.py'), 'import a');
    renameSync(join(folder, 'ünï\n.py'), join(folder, 'd.py'));
    expect(await build(folder, cache)).toEqual(await buildPythonGraph([folder]));
    expect(await build(folder, cache)).toEqual(await buildPythonGraph([folder]));
  });

  it('does not trust files that were changed at the moment of the scan', async () => {
    const folder = projectFolder(FILES);
    const cache = projectFolder([]);
    const stamp = Math.floor(statSync(join(folder, 'a.py')).mtimeMs);
    await build(folder, cache, () => stamp);
    expect(decodeCache(readFileSync(cacheFile(cache)))!.files).toHaveLength(0);
  });

  it('keeps projects that share a folder apart', async () => {
    const cache = projectFolder([]);
    await build(projectFolder({ 'a.py': 'import b', 'b.py': '' }), cache);
    await build(projectFolder({ 'a.py': 'import c', 'c.py': '' }), cache);
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('is started anew where the file is none', async () => {
    const folder = projectFolder(FILES);
    const cache = projectFolder([]);
    const fresh = await build(folder, cache);
    const file = cacheFile(cache);
    const whole = readFileSync(file);
    const damaged = [
      Buffer.alloc(0),
      Buffer.from('foreign'),
      whole.subarray(0, -1),
      Buffer.concat([whole, whole]),
    ];
    for (const bytes of damaged) {
      writeFileSync(file, bytes);
      expect(await build(folder, cache)).toEqual(fresh);
      expect(readFileSync(file)).toEqual(whole);
    }
  });

  it('refuses content with any byte changed', async () => {
    const cache = projectFolder([]);
    await build(projectFolder(FILES), cache);
    const whole = readFileSync(cacheFile(cache));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(whole);
        bytes[at] = bytes[at]! ^ change;
        // The last cell of the header is spare.
        expect(decodeCache(bytes) === undefined).toBe(at < 28 || at >= 32);
      }),
    );
  });

  it('is a problem and no failure where it cannot be written', async () => {
    const folder = projectFolder(FILES);
    const blocked = join(projectFolder({ file: '' }), 'file', 'cache');
    const graph = await build(folder, blocked);
    expect(edgesOf(graph)).toHaveLength(3);
    expect(graph.problems.at(-1)).toMatchObject({ kind: 'cache', path: blocked });
    const taken = projectFolder([]);
    await build(folder, taken);
    const file = cacheFile(taken);
    renameSync(file, `${file}.old`);
    mkdirSync(file);
    expect((await build(folder, taken)).problems.at(-1)).toMatchObject({ kind: 'cache' });
    expect(readdirSync(taken)).toHaveLength(2);
  });

  it('does not answer for a file that is too large for this run', async () => {
    const folder = projectFolder({ 'a.py': 'import b\n', 'b.py': `import a\n${'#'.repeat(1000)}\n` });
    const cacheFolder = projectFolder([]);
    await build(folder, cacheFolder);
    const graph = await buildPythonGraph([folder], { cacheFolder, now: later, largestFile: 500 });
    expect(edgesOf(graph)).toEqual(['a -> b']);
    expect(graph.problems).toMatchObject([{ kind: 'too-large', path: 'b.py' }]);
  });

  it('is removed when nobody used it for a month, and nothing else is', async () => {
    const cacheFolder = projectFolder({ 'notes.bin': '', 'python-imports-left.bin.half': '' });
    const days = (count: number) => () => later() + count * 24 * 60 * 60 * 1000;
    const one = projectFolder({ 'a.py': '' });
    const other = projectFolder({ 'b.py': '' });
    await build(one, cacheFolder);
    await build(other, cacheFolder);
    const kept = readdirSync(cacheFolder);
    expect(kept).toHaveLength(4);
    await build(other, cacheFolder, days(20));
    await build(projectFolder({ 'c.py': '' }), cacheFolder, days(40));
    const left = readdirSync(cacheFolder);
    expect(left).toHaveLength(3);
    expect(left).toContain('notes.bin');
    expect(left.filter((name) => kept.includes(name))).toHaveLength(2);
  });
});
