import type { FirstImport, ImportReport } from '../../src/report/import-report.ts';
import { analyseImports } from '../../src/report/analyse-imports.ts';
import { type Edge, graphOf } from '../report/graph-of.ts';

/** The sources of a project with one knot that crashes from one entry. */
export const SHOP: Readonly<Record<string, string>> = {
  'shop/customers.py':
    '"""Customers."""\n\nimport shop.orders\n\n\nclass Customer:\n    def order(self):\n        return shop.orders.Order(self)\n',
  'shop/orders.py': '"""Orders."""\n\nfrom shop.customers import Customer\n\nGUEST = Customer()\n',
  'shop/pricing.py': 'def price():\n    from shop.orders import Order\n',
};

const CRASH: FirstImport = {
  module: 'shop.customers',
  outcome: 'crash',
  found: 'predicted',
  error: {
    type: 'ImportError',
    message: "cannot import name 'Customer' from partially initialized module 'shop.customers'",
    path: 'shop/orders.py',
    line: 3,
  },
  chain: [
    { from: 'shop.customers', to: 'shop.orders', path: 'shop/customers.py', line: 3, kind: 'module' },
    { from: 'shop.orders', to: 'shop.customers', path: 'shop/orders.py', line: 3, kind: 'module' },
  ],
};

export async function shopReport(): Promise<ImportReport> {
  const graph = graphOf(
    [
      ['shop.customers', 'shop.orders', { line: 3, column: 8 }],
      ['shop.orders', 'shop.customers', { line: 3, column: 28, form: 'from' }],
      ['shop.orders', 'shop.pricing', { line: 9, kind: 'function' }],
      ['shop.pricing', 'shop.orders', { line: 2, column: 29, form: 'from', kind: 'function' }],
    ],
    { names: ['shop'] },
  );
  const report = await analyseImports(graph, {
    firstImports: 'none',
    readSource: (path) => SHOP[path],
    clock: () => 0,
  });
  const fine: FirstImport = { module: 'shop.orders', outcome: 'ok', found: 'predicted' };
  return { ...report, firstImports: [CRASH, fine] };
}

/** A report of a graph, without sources and first imports. */
export async function reportOf(edges: readonly Edge[], names: readonly string[] = []): Promise<ImportReport> {
  return analyseImports(graphOf(edges, { names }), {
    firstImports: 'none',
    readSource: () => undefined,
    clock: () => 0,
  });
}

/** Names that try to get out of every format. */
export const HOSTILE: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '"];\n  evil -> edge',
  'esc\u001b[31mred\u001b[0m',
  '\'\\"&lt;\\N`code`|cell',
  '::error file=x::,%0A\r\n',
  'bidi\u202egnp.exe',
  '</script><script>document.title="owned"</script>',
];

/** Every name imports the next one, round and round. */
export async function hostileReport(): Promise<ImportReport> {
  const edges = HOSTILE.map((from, at): Edge => [from, HOSTILE[(at + 1) % HOSTILE.length]!]);
  const report = await reportOf(edges);
  return {
    ...report,
    base: '/project/<b>\u001b]0;title\u0007',
    firstImports: [
      {
        module: HOSTILE[0]!,
        outcome: 'crash',
        found: 'tried',
        error: { type: 'ImportError', message: `</td><script>alert("${HOSTILE[2]}")</script>` },
      },
    ],
    stale: [{ path: HOSTILE[4]!, line: 1, message: HOSTILE[1]! }],
    problems: [{ kind: 'unreadable', path: HOSTILE[6]!, message: HOSTILE[2]! }],
  };
}
