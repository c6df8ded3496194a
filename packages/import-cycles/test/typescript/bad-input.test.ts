import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTypeScriptGraph } from '../../src/typescript/build-typescript-graph.ts';
import { copyOf, edgesOf, fixture, graphOf } from './fixture.ts';

const namesOf = (graph: Awaited<ReturnType<typeof graphOf>>): string[] =>
  graph.modules.map(({ name }) => name);

test('a file is an entry: it and what it imports', async () => {
  const graph = await buildTypeScriptGraph([join(fixture('aliases'), 'src/cart/index.ts')]);
  expect(graph.base).toBe(fixture('aliases'));
  expect(graph.roots).toEqual(['src/cart/index.ts']);
  expect(namesOf(graph)).toEqual(['src/cart/index.ts', 'src/format/money.ts', 'src/logging/log.ts']);
  expect(graph.imports.count).toBe(3);
});

test('an entry in a folder that is left out otherwise brings in what is beside it, and nothing from other such folders', async () => {
  await using copy = await copyOf('no-config');
  await mkdir(join(copy.path, 'dist'));
  await mkdir(join(copy.path, 'coverage'));
  await writeFile(join(copy.path, 'package.json'), '{}');
  await writeFile(
    join(copy.path, 'dist/cli.js'),
    "require('./app'); require('../coverage/x'); require('../old.cjs');",
  );
  await writeFile(join(copy.path, 'dist/app.js'), "require('./cli');");
  await writeFile(join(copy.path, 'coverage/x.js'), '');
  const graph = await buildTypeScriptGraph([join(copy.path, 'dist/cli.js')]);
  expect(namesOf(graph)).toEqual(['dist/app.js', 'dist/cli.js', 'old.cjs']);
});

test('a folder without sources, a path that does not exist, a file of another kind: mistakes of the user', async () => {
  await using copy = await copyOf('no-config');
  await mkdir(join(copy.path, 'empty/node_modules/x'), { recursive: true });
  await writeFile(join(copy.path, 'empty/node_modules/x/index.js'), '');
  await expect(buildTypeScriptGraph([join(copy.path, 'empty')])).rejects.toMatchObject({
    name: 'UsageError',
    code: 'NO_TYPESCRIPT_SOURCES',
  });
  await expect(buildTypeScriptGraph([join(copy.path, 'libb')])).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
    message: expect.stringContaining(`Did you mean ${join(copy.path, 'lib')}?`),
  });
  await expect(buildTypeScriptGraph([join(copy.path, 'data.json')])).rejects.toMatchObject({
    code: 'NOT_A_SOURCE_FILE',
  });
  await expect(buildTypeScriptGraph([])).rejects.toMatchObject({ code: 'NO_PATHS' });
  await expect(
    graphOf('aliases', { typescript: { tsconfig: fixture('aliases/gone.json') } }),
  ).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
  });
});

test('excluded are node_modules, dist, coverage, hidden folders, and what the caller names', async () => {
  await using copy = await copyOf('no-config');
  for (const folder of ['node_modules/x', 'dist', 'coverage', '.git', 'made', 'lib/made', 'lib/keep']) {
    await mkdir(join(copy.path, folder), { recursive: true });
    await writeFile(join(copy.path, folder, 'x.js'), '');
  }
  await writeFile(join(copy.path, 'lib/x.test.ts'), '');
  const graph = await buildTypeScriptGraph([copy.path], {
    exclude: ['made', '**/*.test.ts', './lib/index.js'],
  });
  expect(namesOf(graph)).toEqual([
    'lib/keep/x.js',
    'main.js',
    'old.cjs',
    'panel.jsx',
    'shape.ts',
    'tool.mjs',
    'typed.ts',
  ]);
});

test('links: a loop is a problem, a link to a module is no second module, a link out of the root is followed', async () => {
  await using copy = await copyOf('re-exports');
  await using other = await copyOf('ignores');
  await symlink(copy.path, join(copy.path, 'up'));
  await symlink('self', join(copy.path, 'self'));
  await symlink(join(copy.path, 'a.ts'), join(copy.path, 'z.ts'));
  await symlink(join(copy.path, 'gone'), join(copy.path, 'dangling.ts'));
  await symlink(other.path, join(copy.path, 'vendored'));
  const graph = await buildTypeScriptGraph([copy.path]);
  expect(graph.problems.map(({ kind, path }) => [kind, path])).toEqual([
    ['symlink-loop', 'self'],
    ['symlink-loop', 'up'],
  ]);
  expect(namesOf(graph).filter((name) => !/^[abc]\.|^index|^types/.test(name))).toEqual([
    'vendored/a.ts',
    'vendored/b.ts',
    'vendored/c.ts',
    'vendored/d.ts',
  ]);
  expect(edgesOf(graph)).toContain('vendored/b.ts -> vendored/a.ts module');
});

test('a file that cannot be read is a problem', async () => {
  await using copy = await copyOf('re-exports');
  // Root may read anything with any mode, but not the memory of a process from its start.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await symlink('/proc/self/mem', join(copy.path, 'secret.ts'));
  else {
    await writeFile(join(copy.path, 'secret.ts'), '');
    await chmod(join(copy.path, 'secret.ts'), 0);
  }
  const graph = await buildTypeScriptGraph([copy.path]);
  expect(graph.problems).toMatchObject([{ kind: 'unreadable', path: 'secret.ts' }]);
  expect(graph.imports.count).toBe(5);
});

test('encodings: marks of UTF-8 and UTF-16 are understood, other bytes are reported', async () => {
  await using copy = await copyOf('re-exports');
  const write = (name: string, data: string | Buffer) => writeFile(join(copy.path, name), data);
  const source = "import './a';";
  await write('mark.ts', `\uFEFF${source}`);
  await write('little.ts', Buffer.from(`\uFEFF${source}`, 'utf16le'));
  await write('big.ts', Buffer.from(`\uFEFF${source}`, 'utf16le').swap16());
  await write('latin.ts', Buffer.from(`// caf\u00E9\n${source}`, 'latin1'));
  await write('video.ts', Buffer.from([0x47, 0x40, 0x00, 0x10, 0xff, 0x00]));
  await write('name with space\nand ü.ts', source);
  const graph = await buildTypeScriptGraph([copy.path]);
  const importers = edgesOf(graph).filter((edge) => edge.endsWith(' -> a.ts module'));
  expect(importers.map((edge) => edge.split(' -> ')[0])).toEqual([
    'big.ts',
    'latin.ts',
    'little.ts',
    'mark.ts',
    'name with space\nand ü.ts',
  ]);
  expect(graph.problems.map(({ kind, path }) => [kind, path])).toEqual([
    ['undecodable', 'latin.ts'],
    ['undecodable', 'video.ts'],
  ]);
});

test('nesting too deep for the parser costs that file only', async () => {
  await using copy = await copyOf('re-exports');
  await writeFile(join(copy.path, 'deep.js'), `require('./a');${'['.repeat(200_000)}`);
  const graph = await buildTypeScriptGraph([copy.path]);
  expect(graph.problems).toMatchObject([{ kind: 'syntax-error', path: 'deep.js' }]);
  expect(graph.imports.count).toBe(5);
});

test('a signal stops it between two files', async () => {
  const reason = new Error('stop');
  await expect(graphOf('aliases', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  await using copy = await copyOf('re-exports');
  for (let n = 0; n < 200; n++) await writeFile(join(copy.path, `m${n}.ts`), "import './a';");
  const controller = new AbortController();
  const running = buildTypeScriptGraph([copy.path], { signal: controller.signal });
  setImmediate(() => controller.abort(reason));
  await expect(running).rejects.toBe(reason);
});

test('the project is read and never executed or changed', async () => {
  await using copy = await copyOf('no-config');
  const mark = join(copy.path, 'executed');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');`;
  for (const name of ['eslint.config.js', 'vite.config.cjs', 'main.js'])
    await writeFile(join(copy.path, name), write);
  await buildTypeScriptGraph([copy.path]);
  await expect(rm(mark)).rejects.toMatchObject({ code: 'ENOENT' });
});
