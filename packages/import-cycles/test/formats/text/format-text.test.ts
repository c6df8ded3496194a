import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { formatText } from '../../../src/formats/index.ts';
import type { FirstImport } from '../../../src/report/import-report.ts';
import type { Edge } from '../../report/graph-of.ts';
import { SHOP, hostileReport, reportOf, shopReport } from '../sample-report.ts';

const readSource = (path: string): string | undefined => SHOP[path];

describe('formatText', () => {
  it('draws the cycle with its guilty lines, frames the import to move, and tells what crashes', async () => {
    expect(formatText(await shopReport(), { color: false, width: 100, readSource })).toBe(`\
Imports of shop  4 modules · 4 imports · import-time view · 0 ms

● Knot 1 of 1  2 modules import each other                                                06b9b286f8

  ╭─▶ shop.customers
  │   │ shop/customers.py:3  import shop.orders
  │   ▼
  │   shop.orders
  │   │ shop/orders.py:3     from shop.customers import Customer
  ╰───╯

  Move 1 import to untie it (proven fewest)
    shop/customers.py:3:8  shop.customers → shop.orders
      2 │
    ▸ 3 │ import shop.orders
        │        ^^^^^^^^^^^
      4 │
    defer: move it into \`Customer.order\` (line 8), the only place that uses \`shop.orders\`

  When imported first
    ✗ shop.customers  ImportError: cannot import name 'Customer' from partially initialized module
                      'shop.customers' (predicted)
      shop/customers.py:3 → shop/orders.py:3
    ✓ shop.orders should import cleanly

✗ 1 knot of 2 modules; 1 import cycle; 1 of 2 modules crashes when imported first; 1 import to move
`);
  });

  it('draws an import of several lines with the name and what it is from', async () => {
    const edges: Edge[] = [
      ['a', 'b', { line: 3, statementLine: 1, form: 'from' }],
      ['b', 'a'],
    ];
    const sources: Record<string, string> = {
      'a.py': 'from b import (\n    x,\n    y,\n)\n',
      'b.py': 'import a\n',
    };
    const text = formatText(await reportOf(edges), { color: false, readSource: (path) => sources[path] });
    expect(text).toContain('a.py:3  from b import … y\n');
  });

  it('is the same text with and without colour', async () => {
    const report = await shopReport();
    const coloured = formatText(report, { color: true, readSource });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(formatText(report, { color: false, readSource }));
  });

  it.each([48, 60, 80, 140])('keeps to %i columns, long words and places apart', async (width) => {
    const text = formatText(await shopReport(), { color: true, width, readSource });
    for (const line of stripVTControlCharacters(text).split('\n')) {
      const unbreakable = /^ *(✗ \S+ +)?\S+$/.test(line);
      if (!unbreakable) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    }
    expect(stripVTControlCharacters(text)).toContain('shop/customers.py:3');
  });

  it('gives a terminal no control character but its own', async () => {
    const text = formatText(await hostileReport(), { color: false });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(text).toContain('esc\\x1b[31mred');
    expect(text).toContain('bidi\\u202egnp.exe');
    expect(text).not.toContain('\n  evil -> edge');
  });

  it('shows some knots in full and the rest in a line each', async () => {
    const edges = Array.from({ length: 70 }, (_, at) => `m${String(at).padStart(2, '0')}`).flatMap(
      (name): Edge[] => [
        [`${name}a`, `${name}b`],
        [`${name}b`, `${name}a`],
      ],
    );
    const text = formatText(await reportOf(edges), { color: false, maxKnots: 3 });
    expect(text.match(/^● Knot/gm)).toHaveLength(3);
    expect(text).toContain('67 more knots');
    expect(text).toContain('… and 55 more knots');
    expect(text).toContain('✗ 70 knots of 140 modules; 70 import cycles; 70 imports to move');
  });

  it('shows what crashes before anything else, and marks it among the rest', async () => {
    const edges = ['a', 'b', 'c', 'd', 'e'].flatMap((name): Edge[] => [
      [`${name}1`, `${name}2`],
      [`${name}2`, `${name}1`],
    ]);
    const report = await reportOf(edges);
    const crash = (module: string, assumption?: string): FirstImport => ({
      module,
      outcome: 'crash',
      found: 'predicted',
      ...(assumption === undefined ? {} : { assumption }),
    });
    const knots = report.knots.map((knot) => ({ ...knot, accepted: knot.modules[0] === 'e1' }));
    const firstImports = [crash('c1', 'luck'), crash('d1'), crash('d2'), crash('e1')];
    const text = formatText({ ...report, knots, firstImports }, { color: false, maxKnots: 1 });
    expect(text).toContain('╭─▶ d1');
    const rest = text.slice(text.indexOf('4 more knots')).split('\n').slice(1, 5);
    expect(rest.map((line) => line.replace(/^(.) [0-9a-f]+ {2}/, '$1 '))).toEqual([
      '? 2 modules import each other, 1 crashes when imported first: c1 → c2 → c1',
      '  2 modules import each other: a1 → a2 → a1',
      '  2 modules import each other: b1 → b2 → b1',
      '✗ 2 modules import each other, 1 crashes when imported first (accepted): e1 → e2 → e1',
    ]);
  });

  it('leaves out the middle of a long cycle', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `m${String(at).padStart(2, '0')}`);
    const text = formatText(await reportOf(names.map((name, at): Edge => [name, names[(at + 1) % 40]!])), {
      color: false,
      maxLength: 6,
    });
    expect(text).toContain('⋮ 34 more modules');
    expect(text.match(/▼/g)).toHaveLength(6);
  });

  it('says that all is well, and what was ignored', async () => {
    const report = await reportOf([['a', 'b']]);
    const ignored = [{ from: 'b', to: 'a', path: 'b.py', line: 1, kind: 'module', reason: 'r' }] as const;
    expect(formatText(report, { color: false })).toMatch(/✓ No import cycles among 2 modules\n$/);
    expect(formatText({ ...report, ignored }, { color: false })).toMatch(/2 modules; 1 import ignored\n$/);
  });

  it('marks what the baseline accepts, and names what it does not know', async () => {
    const report = await reportOf([
      ['a', 'b'],
      ['b', 'a'],
      ['x', 'y'],
      ['y', 'x'],
    ]);
    const [first, second] = report.knots;
    const text = formatText(
      {
        ...report,
        knots: [
          { ...first!, accepted: true },
          { ...second!, newArcs: [{ from: 'x', to: 'y' }] },
        ],
      },
      { color: false },
    );
    expect(text).toMatch(
      /Knot 1 of 2 {2}2 modules import each other[^]*not in the baseline: x → y[^]*\(accepted\)/,
    );
    expect(text).toContain(
      '2 knots of 4 modules (1 accepted); 1 import cycle not accepted; 2 imports to move',
    );
  });
});
