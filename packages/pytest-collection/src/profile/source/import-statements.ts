import { blankSource, lineAt } from './blank-source.ts';

/** One module that a statement (or a call such as `pytest.importorskip("numpy")`) imports. */
export interface ImportStatement {
  /** 1-based. */
  readonly line: number;
  /** In a function, a class or a block: it may be executed later, or never. */
  readonly indented: boolean;
  /** Without the leading dots. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  /** What `from … import` names; empty for `import x`. */
  readonly names: readonly string[];
}

const IMPORT = /(?<=^|[;:])([ \t\f]*)import[ \t]+([\w.][\w., \t]*)/gm;
const FROM = /(?<=^|[;:])([ \t\f]*)from[ \t]*(\.*)[ \t]*([\w.]*)[ \t]+import\b[ \t(]*([\w*, \t]*)/gm;
const CALL = /\b(?:importorskip|import_module|__import__)[ \t]*\([ \t]*[rbuRBU]?(["'])/g;

/** What a Python source imports, in the order of the source. A good reading for people, not a parser. */
export function importStatements(source: string): ImportStatement[] {
  const text = blankSource(source);
  const found: { readonly at: number; readonly statement: ImportStatement }[] = [];
  const add = (at: number, indented: boolean, rest: Pick<ImportStatement, 'module' | 'level' | 'names'>) =>
    found.push({ at, statement: { line: lineAt(source, at), indented, ...rest } });

  for (const match of text.matchAll(IMPORT)) {
    const at = match.index + (match[1]?.length ?? 0);
    for (const part of (match[2] ?? '').split(',')) {
      const module = part.trim().split(/\s+/)[0] ?? '';
      if (module !== '') add(at, isIndented(text, at), { module, level: 0, names: [] });
    }
  }
  for (const match of text.matchAll(FROM)) {
    const at = match.index + (match[1]?.length ?? 0);
    const names = (match[4] ?? '').split(',').map((part) => part.trim().split(/\s+/)[0] ?? '');
    const level = match[2]?.length ?? 0;
    add(at, isIndented(text, at), {
      module: match[3] ?? '',
      level,
      names: names.filter((name) => name !== ''),
    });
  }
  for (const match of text.matchAll(CALL)) {
    const from = match.index + match[0].length;
    const to = source.indexOf(match[1] ?? '"', from);
    const module = source.slice(from, to);
    if (/^[\w.]+$/.test(module))
      add(match.index, isIndented(text, match.index), { module, level: 0, names: [] });
  }
  return found.sort((left, right) => left.at - right.at).map(({ statement }) => statement);
}

/**
 * The statement of a source that starts the import of a module, most probably: `import a.b` starts `a` and `a.b`, `from .
 * import c` starts whatever ends in `.c`.
 */
export function statementThatImports(
  statements: readonly ImportStatement[],
  module: string,
): ImportStatement | undefined {
  let best: { readonly statement: ImportStatement; readonly rank: number } | undefined;
  for (const statement of statements) {
    const match = howWell(statement, module);
    const rank = match === 0 ? 0 : match * 2 + (statement.indented ? 0 : 1);
    if (rank > (best?.rank ?? 0)) best = { statement, rank };
  }
  return best?.statement;
}

function howWell({ module: named, level, names }: ImportStatement, module: string): number {
  const all = [named, ...names.map((name) => (named === '' ? name : `${named}.${name}`))].filter(
    (name) => name !== '',
  );
  if (level === 0) {
    if (all.includes(module)) return 3;
    return named.startsWith(`${module}.`) ? 2 : 0;
  }
  if (all.some((name) => module === name || module.endsWith(`.${name}`))) return 2;
  // `from .a.b import c` starts `x.a` too; and `from . import c` the package itself.
  const [first = ''] = named.split('.');
  return first !== '' && module.endsWith(`.${first}`) ? 1 : 0;
}

function isIndented(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /[ \t\f]/.test(text[start] ?? '');
}
