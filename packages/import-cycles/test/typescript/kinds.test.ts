import { expect, test } from 'vitest';
import { readImport } from '../../src/model/read-import.ts';
import { edgesOf, graphOf } from './fixture.ts';

test('imports that only types use are erased, whatever they are written like', async () => {
  expect(edgesOf(await graphOf('erased'))).toEqual([
    'user.ts -> order.ts type-only',
    'user.ts -> cart.ts type-only',
    'user.ts -> shelf.ts module',
    'user.ts -> price.ts type-only',
    'user.ts -> base.ts module',
    'user.ts -> tax.ts type-only',
    'user.ts -> unused.ts type-only',
    'user.ts -> member.ts type-only',
    'user.ts -> nothing.ts type-only',
    'user.ts -> effect.ts module',
    'user.ts -> order.ts type-only',
    'user.ts -> cart.ts type-only',
    'user.ts -> later.ts type-only',
    'user.ts -> later.ts type-only',
  ]);
});

test('verbatimModuleSyntax erases only what says `type` at the statement', async () => {
  expect(edgesOf(await graphOf('verbatim'))).toEqual([
    'user.ts -> order.ts type-only',
    'user.ts -> cart.ts module',
    'user.ts -> shelf.ts module',
    'user.ts -> price.ts module',
    'user.ts -> base.ts module',
    'user.ts -> tax.ts module',
    'user.ts -> unused.ts module',
    'user.ts -> member.ts module',
    'user.ts -> nothing.ts module',
    'user.ts -> effect.ts module',
    'user.ts -> order.ts type-only',
    'user.ts -> cart.ts re-export',
    'user.ts -> later.ts type-only',
    'user.ts -> later.ts type-only',
  ]);
});

test('decorator metadata and the JSX factory use a name as a value', async () => {
  expect(edgesOf(await graphOf('values'))).toEqual([
    'author.ts -> entity.ts type-only',
    'entity.ts -> author.ts module',
    'entity.ts -> column.ts module',
    'entity.ts -> plain.ts type-only',
    'view.tsx -> factory.ts module',
    'view.tsx -> react.ts type-only',
    'view.tsx -> button.tsx module',
    'widget.tsx -> factory.ts module',
  ]);
});

test('require and import() count where they are called, not in text, and by when they are executed', async () => {
  expect(edgesOf(await graphOf('calls'))).toEqual([
    'main.ts -> legacy.ts module',
    'main.ts -> now.ts module',
    'main.ts -> conditional.ts module',
    'main.ts -> template.ts module',
    'main.ts -> later.ts function',
    'main.ts -> static-field.ts module',
    'main.ts -> field.ts function',
    'main.ts -> parameter.ts function',
    'main.ts -> on-the-spot.ts module',
    'main.ts -> on-the-spot.ts module',
    'main.ts -> page.ts dynamic',
    'main.ts -> chunk.ts dynamic',
  ]);
});

test('re-exports, with the line and column of the name and the line of the statement', async () => {
  const graph = await graphOf('re-exports');
  const rows = Array.from({ length: graph.imports.count }, (_, row) => readImport(graph, row));
  expect(
    rows.map(({ from, to, kind, form, line, column, statementLine }) =>
      [`${from.path}:${line}:${column}`, statementLine, to.path, kind, form].join(' '),
    ),
  ).toEqual([
    'a.ts:1:19 1 index.ts module from',
    'index.ts:1:15 1 a.ts re-export star',
    'index.ts:2:20 2 b.ts re-export star',
    'index.ts:6:8 3 c.ts re-export from',
    'index.ts:7:20 7 types.ts type-only star',
  ]);
});

test('modules have the path as name and no package above them', async () => {
  const { modules, language } = await graphOf('re-exports');
  expect(language).toBe('typescript');
  expect(modules).toContainEqual({ name: 'a.ts', path: 'a.ts', isPackage: false, parent: -1 });
  expect(modules.map(({ name }) => name)).toEqual(['a.ts', 'b.ts', 'c.ts', 'index.ts', 'types.ts']);
});

test('ignore comments are read from comments only, and not from documentation', async () => {
  const graph = await graphOf('ignores');
  const comments = graph.ignoreComments.map(({ module, line, reason, unknownRule }) => [
    graph.modules[module]?.name,
    line,
    reason,
    ...(unknownRule === undefined ? [] : [unknownRule]),
  ]);
  expect(comments).toEqual([
    ['a.ts', 1, 'b registers itself'],
    ['a.ts', 2, 'until v2'],
    ['a.ts', 3, ''],
    ['a.ts', 8, 'another rule', 'other'],
    ['a.ts', 10, 'between tokens'],
    ['a.ts', 14, 'after an empty comment'],
    ['a.ts', 15, 'after what opens none'],
    ['a.ts', 17, 'of the file'],
  ]);
});

test('a syntax error is reported with its line, and the imports around it are found', async () => {
  const graph = await graphOf('syntax-error');
  expect(edgesOf(graph)).toEqual([
    'broken.ts -> fine.ts module',
    'broken.ts -> more.ts module',
    'fine.ts -> broken.ts module',
  ]);
  expect(graph.problems).toEqual([
    { kind: 'syntax-error', path: 'broken.ts', line: 3, message: 'Variable declaration expected.' },
  ]);
});
