import type { ImportGraph, IgnoreComment, Language, Module } from '../../src/model/import-graph.ts';
import { ImportTableBuilder } from '../../src/model/import-table-builder.ts';
import type { ImportForm, ImportKind } from '../../src/model/import-kind.ts';

/** `shop.a:3:6 shop.b`: from, line and column of the name, to; more in the options. */
export interface EdgeOptions {
  readonly line?: number;
  readonly column?: number;
  readonly statementLine?: number;
  readonly kind?: ImportKind;
  readonly form?: ImportForm;
}

export type Edge = readonly [from: string, to: string, options?: EdgeOptions];

/** A Python graph made of names alone; a name that others begin with is a package. Lines are 1, 2, … in each module. */
export function graphOf(
  edges: readonly Edge[],
  options: {
    readonly names?: readonly string[];
    readonly ignore?: readonly (Omit<IgnoreComment, 'module'> & { readonly module: string })[];
    readonly language?: Language;
  } = {},
): ImportGraph {
  const names = [...new Set([...(options.names ?? []), ...edges.flatMap(([from, to]) => [from, to])])].sort();
  const isPackage = (name: string): boolean => names.some((other) => other.startsWith(`${name}.`));
  const index = (name: string): number => names.indexOf(name);
  const python = options.language !== 'typescript';
  const modules = names.map((name): Module => {
    if (!python) return { name, path: name, isPackage: false, parent: -1 };
    const path = name.replaceAll('.', '/');
    return {
      name,
      path: isPackage(name) ? `${path}/__init__.py` : `${path}.py`,
      isPackage: isPackage(name),
      parent: index(name.split('.').slice(0, -1).join('.')),
    };
  });
  const table = new ImportTableBuilder();
  for (const from of names) {
    edges
      .filter((edge) => edge[0] === from)
      .forEach(([, to, { line, column, statementLine, kind, form } = {}], at) => {
        table.add({
          from: index(from),
          to: index(to),
          line: line ?? at + 1,
          column: column ?? 1,
          statementLine: statementLine ?? line ?? at + 1,
          kind: kind ?? 'module',
          form: form ?? 'import',
        });
      });
  }
  return {
    language: options.language ?? 'python',
    base: '/project/shop',
    roots: ['.'],
    modules,
    imports: table.build(),
    external: new Map(),
    problems: [],
    ignoreComments: (options.ignore ?? []).map((comment) => ({ ...comment, module: index(comment.module) })),
  };
}
