import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTypeScriptGraph } from '../../src/typescript/build-typescript-graph.ts';
import { copyOf, edgesOf, fixture, graphOf } from './fixture.ts';

test('paths, baseUrl and extends lead to the files behind aliases', async () => {
  const graph = await graphOf('aliases');
  expect(edgesOf(graph)).toEqual([
    'src/cart/index.ts -> src/format/money.ts module',
    'src/format/money.ts -> src/logging/log.ts module',
    'src/logging/log.ts -> src/cart/index.ts module',
    'src/main.ts -> src/cart/index.ts module',
    'src/main.ts -> src/format/money.ts module',
    'src/main.ts -> src/logging/log.ts module',
  ]);
  expect([...graph.external]).toEqual([['express', 1]]);
  expect(graph.problems).toEqual([]);
});

test('a config is found above the root, and paths are relative to the root', async () => {
  const graph = await buildTypeScriptGraph([
    join(fixture('aliases'), 'src/cart'),
    join(fixture('aliases'), 'src/format'),
  ]);
  expect(graph.base).toBe(join(fixture('aliases'), 'src'));
  expect(graph.roots).toEqual(['cart', 'format']);
  expect(edgesOf(graph)).toEqual(['cart/index.ts -> format/money.ts module']);
  expect([...graph.external]).toEqual([['logging/log.ts', 1]]);
});

test('each referenced project resolves with its own options, its output is no source, a missing one is a problem', async () => {
  const graph = await graphOf('references');
  expect(edgesOf(graph)).toEqual([
    'client/app/main.ts -> client/app/settings.ts module',
    'server/src/main.ts -> server/src/settings.ts module',
    'server/src/main.ts -> shared/src/greet.ts module',
    'server/src/settings.ts -> server/src/main.ts module',
  ]);
  expect(graph.modules.map(({ name }) => name)).not.toContain('server/out/main.js');
  expect(graph.problems).toEqual([
    {
      kind: 'configuration',
      path: 'shared/tsconfig.json',
      message: 'Refers to the project gone/tsconfig.json, which does not exist',
    },
  ]);
});

test('the config that the caller names governs all files', async () => {
  const graph = await graphOf('references', {
    typescript: { tsconfig: join(fixture('references'), 'client/tsconfig.app.json') },
  });
  expect(edgesOf(graph).filter((edge) => edge.startsWith('server/src/settings'))).toEqual([
    'server/src/settings.ts -> client/app/main.ts module',
  ]);
});

test('extensions of the output, index files, #imports, declarations beside JavaScript and queries lead to the source', async () => {
  const graph = await graphOf('extensions');
  expect(edgesOf(graph)).toEqual([
    'ambient.d.ts -> a.ts type-only',
    'described.d.ts -> a.ts type-only',
    'main.ts -> a.ts module',
    'main.ts -> b.mts module',
    'main.ts -> c.cts module',
    'main.ts -> view.tsx module',
    'main.ts -> store/index.ts module',
    'main.ts -> store/memory.ts module',
    'main.ts -> described.js module',
    'main.ts -> described.d.ts type-only',
    'main.ts -> ambient.d.ts module',
    'main.ts -> without-extension.ts module',
    'main.ts -> worker.ts module',
  ]);
});

test('JavaScript without any config: CommonJS, JSX, index files; assets are no imports', async () => {
  await using copy = await copyOf('no-config');
  const graph = await buildTypeScriptGraph([copy.path]);
  expect(edgesOf(graph)).toEqual([
    'lib/index.js -> main.js function',
    'main.js -> lib/index.js module',
    'main.js -> panel.jsx module',
    'panel.jsx -> lib/index.js module',
    'tool.mjs -> old.cjs module',
    'tool.mjs -> main.js module',
    'typed.ts -> shape.ts type-only',
    'typed.ts -> shape.ts module',
  ]);
  expect([...graph.external]).toEqual([
    ['fs', 1],
    ['missing', 1],
    ['node:module', 1],
    ['react', 1],
  ]);
});

const MONOREPO = [
  'packages/cart/src/index.ts -> packages/price/src/index.ts module',
  'packages/cart/src/index.ts -> packages/price/src/tax.ts module',
  'packages/price/src/index.ts -> packages/cart/src/parts/line.ts module',
  'packages/price/src/index.ts -> packages/cart/src/index.ts module',
];

test('workspace packages lead to their sources in a fresh clone, without node_modules', async () => {
  expect(edgesOf(await graphOf('monorepo'))).toEqual(MONOREPO);
});

test('workspace packages lead to their sources when they are linked and built', async () => {
  await using copy = await copyOf('monorepo');
  const packages = join(copy.path, 'packages');
  await mkdir(join(copy.path, 'node_modules/@shop'), { recursive: true });
  for (const name of ['cart', 'price']) {
    await symlink(join(packages, name), join(copy.path, 'node_modules/@shop', name));
  }
  await mkdir(join(packages, 'cart/dist/parts'), { recursive: true });
  await writeFile(join(packages, 'cart/dist/parts/line.d.ts'), 'export declare const line = 1;');
  await mkdir(join(packages, 'price/lib'));
  await writeFile(join(packages, 'price/lib/index.d.ts'), 'export declare const price = 1;');
  await writeFile(join(packages, 'price/tsconfig.json'), '{ "compilerOptions": { "outDir": "lib" } }');
  expect(edgesOf(await buildTypeScriptGraph([copy.path]))).toEqual(MONOREPO);
});

test('a linked package outside the roots is external by its name', async () => {
  await using copy = await copyOf('monorepo');
  await mkdir(join(copy.path, 'node_modules/@shop'), { recursive: true });
  await symlink(join(copy.path, 'packages/cart'), join(copy.path, 'node_modules/@shop/cart'));
  const graph = await buildTypeScriptGraph([join(copy.path, 'packages/price')]);
  expect([...graph.external]).toEqual([['@shop/cart', 2]]);
});

test('a package of the same name in node_modules that is no link stays outside', async () => {
  await using copy = await copyOf('monorepo');
  const published = join(copy.path, 'node_modules/@shop/price');
  await mkdir(published, { recursive: true });
  await writeFile(join(published, 'package.json'), '{ "name": "@shop/price", "types": "index.d.ts" }');
  await writeFile(join(published, 'index.d.ts'), 'export declare const price = 1;');
  const graph = await buildTypeScriptGraph([copy.path]);
  expect(edgesOf(graph).filter((edge) => edge.includes('-> packages/price/src/index.ts'))).toEqual([]);
  expect(graph.external.get('@shop/price')).toBe(2);
});

test('what is wrong with a config is a problem with its line, and the rest of it holds', async () => {
  await using copy = await copyOf('aliases');
  await writeFile(
    join(copy.path, 'tsconfig.json'),
    '{\n  "extends": "./gone.json",\n  "compilerOptions": { "paths": { "~cart": ["./src/cart/index.ts"] }\n}',
  );
  const graph = await buildTypeScriptGraph([copy.path]);
  expect(edgesOf(graph)).toContain('src/main.ts -> src/cart/index.ts module');
  expect(graph.problems.map(({ kind, path, line }) => [kind, path, line])).toEqual([
    ['configuration', 'tsconfig.json', undefined],
    ['configuration', 'tsconfig.json', 4],
  ]);
});
