import { readdirSync, readFileSync } from 'node:fs';
import { appendFile, chmod, mkdir, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { generateTree } from '../../src/trees/generate-tree.ts';
import type { GeneratedTree, TreeSpec } from '../../src/index.ts';
import { layOutTree } from '../../src/trees/lay-out-tree.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SPEC: TreeSpec = { kind: 'nested', folders: 3, files: 4 };
const WRITER = resolve(import.meta.dirname, '../fixtures/trees/write-tree.ts');

/** Path and content of everything that a tree consists of on the disk. */
function filesBelow(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  );
}

const expected = (spec: TreeSpec, digest: string): Record<string, string> =>
  Object.fromEntries([
    ['.seaworthy-tree', `${digest}\n`],
    ...layOutTree(spec).files.map(({ path, content }) => [path, content]),
  ]) as Record<string, string>;

const startWriter = (spec: TreeSpec, cacheFolder: string) =>
  execa(process.execPath, ['--conditions=@seaworthy/source', WRITER, JSON.stringify(spec), cacheFolder]);

describe('generateTree', () => {
  it('writes a tree where its digest says, once', async () => {
    await using folder = await temporaryFolder();
    const cacheFolder = join(folder.path, 'not', 'there', 'yet');
    const tree = await generateTree(SPEC, { cacheFolder });
    expect(tree).toEqual({
      root: join(cacheFolder, tree.digest),
      spec: SPEC,
      files: 12,
      tests: 180,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      reused: false,
    });
    expect(filesBelow(tree.root)).toEqual(expected(SPEC, tree.digest));
    expect(await generateTree(SPEC, { cacheFolder })).toEqual({ ...tree, reused: true });
    expect(readdirSync(cacheFolder)).toEqual([tree.digest]);
  });

  it('keeps bytecode and other caches of a tree that it uses again', async () => {
    await using folder = await temporaryFolder();
    const { root } = await generateTree(SPEC, { cacheFolder: folder.path });
    for (const cache of ['__pycache__', 'tests/dock_00/__pycache__', '.pytest_cache']) {
      await mkdir(join(root, cache));
      await writeFile(join(root, cache, 'kept'), '');
    }
    await writeFile(join(root, '.berth.lock'), '');
    const before = filesBelow(root);
    expect((await generateTree(SPEC, { cacheFolder: folder.path })).reused).toBe(true);
    expect(filesBelow(root)).toEqual(before);
  });

  const damages: Record<string, (root: string) => Promise<unknown>> = {
    'a file that is gone': (root) => rm(join(root, 'tests/dock_01/test_vessel_02.py')),
    'a folder that is gone': (root) => rm(join(root, 'tests/dock_01'), { recursive: true }),
    'a file that was cut short': (root) => truncate(join(root, 'shipyard/ledger.py'), 10),
    'a file that was changed to one of the same size': async (root) => {
      const path = join(root, 'tests/__init__.py');
      await utimes(path, new Date(), new Date(Date.now() + 1000));
    },
    'a folder in the place of a file': async (root) => {
      await rm(join(root, 'conftest.py'));
      await mkdir(join(root, 'conftest.py'));
    },
    'a test file that was added': (root) => writeFile(join(root, 'tests/dock_00/test_more.py'), ''),
    'a configuration that was added': (root) => writeFile(join(root, 'tests/tox.ini'), '[pytest]'),
    'a package that was added': async (root) => {
      await mkdir(join(root, 'more/tests'), { recursive: true });
      await writeFile(join(root, 'more/tests/test_more.py'), '');
    },
    'no stamp': (root) => rm(join(root, '.seaworthy-tree')),
    "another tree's stamp": (root) => writeFile(join(root, '.seaworthy-tree'), 'of another\n'),
  };

  it.each(Object.entries(damages))('mends a tree with %s', async (_, damage) => {
    await using folder = await temporaryFolder();
    const tree = await generateTree(SPEC, { cacheFolder: folder.path });
    await damage(tree.root);
    expect(await generateTree(SPEC, { cacheFolder: folder.path })).toEqual(tree);
    expect(filesBelow(tree.root)).toEqual(expected(SPEC, tree.digest));
    expect((await generateTree(SPEC, { cacheFolder: folder.path })).reused).toBe(true);
  });

  it('removes the bytecode of a file that it mends', async () => {
    await using folder = await temporaryFolder();
    const { root } = await generateTree(SPEC, { cacheFolder: folder.path });
    await mkdir(join(root, 'shipyard/__pycache__'));
    await writeFile(join(root, 'shipyard/__pycache__/ledger.pyc'), 'of what stood there');
    await appendFile(join(root, 'shipyard/ledger.py'), '#');
    await generateTree(SPEC, { cacheFolder: folder.path });
    expect(readdirSync(join(root, 'shipyard'))).not.toContain('__pycache__');
  });

  it('writes a tree once for several processes that ask for it at once', async () => {
    await using folder = await temporaryFolder();
    const spec: TreeSpec = { kind: 'simple', files: 300, tests: 3 };
    const answers = await Promise.all(
      Array.from(
        { length: 4 },
        async () => JSON.parse((await startWriter(spec, folder.path)).stdout) as GeneratedTree,
      ),
    );
    const { root, digest } = answers[0] as GeneratedTree;
    expect(new Set(answers.map((answer) => answer.root)).size).toBe(1);
    expect(answers.filter((answer) => !answer.reused).length).toBe(1);
    expect(filesBelow(root)).toEqual(expected(spec, digest));
    expect(readdirSync(folder.path)).toEqual([digest]);
  });

  it('mends a tree for several that ask for it at once', async () => {
    await using folder = await temporaryFolder();
    const { root, digest } = await generateTree(SPEC, { cacheFolder: folder.path });
    await rm(join(root, 'tests'), { recursive: true });
    await Promise.all(Array.from({ length: 5 }, () => generateTree(SPEC, { cacheFolder: folder.path })));
    expect(filesBelow(root)).toEqual(expected(SPEC, digest));
  });

  it('never uses what a killed writer left, and removes it when it is old', async () => {
    await using folder = await temporaryFolder();
    const spec: TreeSpec = { kind: 'simple', files: 20_000, tests: 1 };
    const writer = startWriter(spec, folder.path);
    while (readdirSync(folder.path).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    writer.kill('SIGKILL');
    await writer.catch(() => {});
    const [draft = ''] = readdirSync(folder.path);
    expect(draft).toMatch(/^\.[0-9a-f]{64}\..*\.draft$/);

    const { root, digest } = await generateTree(
      { kind: 'simple', files: 2, tests: 1 },
      { cacheFolder: folder.path },
    );
    expect(readdirSync(folder.path).sort()).toEqual([draft, digest]);
    expect(readdirSync(root)).toContain('pytest.ini');

    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(join(folder.path, draft), longAgo, longAgo);
    await generateTree({ kind: 'simple', files: 3, tests: 1 }, { cacheFolder: folder.path });
    expect(readdirSync(folder.path)).not.toContain(draft);
  });

  it('takes half a tree in the right place for damage', async () => {
    await using folder = await temporaryFolder();
    const whole = await generateTree(SPEC, { cacheFolder: folder.path });
    await rename(whole.root, join(folder.path, 'elsewhere'));
    await mkdir(whole.root);
    await writeFile(join(whole.root, 'pytest.ini'), '');
    expect((await generateTree(SPEC, { cacheFolder: folder.path })).reused).toBe(false);
    expect(filesBelow(whole.root)).toEqual(expected(SPEC, whole.digest));
  });

  it('says what is wrong with a specification, or with the folder', async () => {
    await using folder = await temporaryFolder();
    await expect(generateTree({ ...SPEC, files: 0 }, { cacheFolder: folder.path })).rejects.toMatchObject({
      name: 'UsageError',
      code: 'BAD_TREE',
    });
    await expect(generateTree(SPEC, { cacheFolder: 'here' })).rejects.toMatchObject({
      code: 'BAD_TREE',
      message: 'Expected an absolute path of a folder for trees, got "here"',
    });
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    await expect(generateTree(SPEC, { cacheFolder: file })).rejects.toMatchObject({
      name: 'UsageError',
      code: 'CANNOT_WRITE',
      message: expect.stringContaining(JSON.stringify(file)) as string,
    });
    expect(readdirSync(folder.path)).toEqual(['file']);
  });
});
