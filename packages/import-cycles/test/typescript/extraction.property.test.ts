import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calledImports } from '../../src/typescript/called-imports.ts';
import { declaredImports } from '../../src/typescript/declared-imports.ts';
import { parseFile } from '../../src/typescript/parse-file.ts';

/** Text with `SPEC` where a specifier goes, and the kind of import that it is; undefined where it is none. */
const PIECES: readonly (readonly [text: string, kind: string | undefined])[] = [
  ["import 'SPEC';", 'module'],
  ['import a, { b as c } from "SPEC"', 'module'],
  ["import\n  * as\n ns /* from 'no' */ from\n // 'no'\n 'SPEC';", 'module'],
  ["import type { T } from 'SPEC';", 'type-only'],
  ["import { type T, type U as V } from 'SPEC';", 'type-only'],
  ["import { type T, u } from 'SPEC' with { type: 'no' };", 'module'],
  ["import defer * as later from 'SPEC';", 'lazy'],
  ["export * from 'SPEC';", 're-export'],
  ["export { default, x as 'y z' } from 'SPEC';", 're-export'],
  ["export type { T } from 'SPEC';", 'type-only'],
  ["import r = require('SPEC');", 'module'],
  ["import type t = require('SPEC');", 'type-only'],
  ["const v = require('SPEC').inner.value;", 'module'],
  ['if (x) { for (const y of z) require ( /* no */ `SPEC` ) }', 'module'],
  ["function f(p = () => require('SPEC')) {}", 'function'],
  ["class C { static s = require('SPEC'); }", 'module'],
  ["class C { static { require('SPEC'); } }", 'module'],
  ["class C { m() { return () => require('SPEC'); } }", 'function'],
  ["(async () => { require('SPEC'); })();", 'module'],
  ["(function* () { require('SPEC'); })();", 'function'],
  ["const o = { get g() { return require('SPEC'); } };", 'function'],
  ["void import('SPEC').then((m) => m.x);", 'dynamic'],
  ["const g = async () => (await import(/* webpackChunkName: 'no' */ 'SPEC')).x;", 'dynamic'],
  ["type A = import('SPEC').B<typeof import.meta>;", 'type-only'],
  ["let w: typeof import('SPEC') | undefined;", 'type-only'],
  ["// import 'SPEC'; require('SPEC')", undefined],
  ["/* import('SPEC')\n export * from 'SPEC' */", undefined],
  ['const s = "import(\'SPEC\')" + `require(\'SPEC\') ${1} import "SPEC"`;', undefined],
  ["const p = /require\\('SPEC'\\)/g.test('') ? 1 / 2 : 3 / 4;", undefined],
  ["obj.require('SPEC'); obj?.import('SPEC'); new require('SPEC');", undefined],
  ["const u = import.meta.resolve('SPEC') + require.resolve('SPEC');", undefined],
  ['label: { const require = 1; }', undefined],
  ['export { local }; export const q = 1;', undefined],
  ["const t = `${`nested ${'SPEC'}`}`;", undefined],
];

test('any mix of imports and of text that looks like one, in any order, is told apart', () => {
  const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 25 });
  const separator = fc.constantFrom('\n', '\r\n', '\n\n  ', '\n/** @doc import */\n');
  fc.assert(
    fc.property(pieces, separator, (chosen, between) => {
      const text = chosen.map(([piece], n) => piece.replaceAll('SPEC', `m${n}`)).join(between);
      const file = parseFile('/x.ts', text);
      const rules = { verbatim: false, declarations: false };
      const found = [...declaredImports(file, rules), ...calledImports(file, false)];
      const byPosition = found.sort((a, b) => a.position - b.position);
      const expected = chosen.flatMap(([, kind], n) => (kind === undefined ? [] : [`m${n} ${kind}`]));
      expect(byPosition.map(({ specifier, kind }) => `${specifier} ${kind}`)).toEqual(expected);
      for (const { position, specifier } of byPosition) {
        expect(text.slice(position + 1, position + 1 + specifier.length)).toBe(specifier);
      }
    }),
    { numRuns: 300 },
  );
});
