import type { ImportedName, ModuleSyntax, Statement } from '../../../first-import/syntax/nodes.ts';
import { parseModule } from '../../../first-import/syntax/parse-module.ts';
import { SyntaxFault } from '../../../first-import/syntax/syntax-fault.ts';

/** A name that an import statement binds in its module. */
export interface BoundName {
  /** `Order` of `from shop import Order`, `a.b` of `import a.b`, `*`. */
  readonly name: string;
  /** The variable it is bound to; for `import a.b` the first part. */
  readonly local: string;
  /** The dotted path that a use must begin with: `a.b` for `import a.b`, else `local`. */
  readonly path: string;
}

export type ImportStatement = Extract<Statement, { readonly kind: 'import' | 'from' }>;

export interface PythonImport {
  readonly statement: ImportStatement;
  readonly names: readonly BoundName[];
  /** Not in a function, class, `try`, `with` or loop: only `if` may surround it. */
  readonly standsFree: boolean;
}

/** A parsed Python file. */
export class PythonSource {
  readonly syntax: ModuleSyntax;
  readonly imports: readonly PythonImport[];
  readonly #lines: readonly string[];

  private constructor(text: string) {
    this.syntax = parseModule(text);
    this.imports = [...importsIn(this.syntax.body, true)];
    this.#lines = linesOf(text);
  }

  /** `undefined` for a file that is no Python, or is nested too deeply. */
  static parse(text: string): PythonSource | undefined {
    try {
      return new PythonSource(text);
    } catch (error) {
      if (error instanceof SyntaxFault || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** The dotted name at a 1-based line and column. */
  nameAt(line: number, column: number): string {
    return dottedNameAt(this.#lines, line, column);
  }

  /** The import statement that begins in a line and imports a name; the line's first where none imports it. */
  importAt(line: number, name: string): PythonImport | undefined {
    const inLine = this.imports.filter(({ statement }) => statement.line === line);
    return inLine.find(({ names }) => names.some((bound) => bound.name === name)) ?? inLine[0];
  }
}

/** The lines of a file, without a byte order mark. */
export function linesOf(text: string): string[] {
  const marked = text.startsWith('\ufeff') ? text.slice(1) : text;
  // By a text it is split ten times faster than by an expression.
  return marked.includes('\r') ? marked.split(/\r\n|\n|\r/) : marked.split('\n');
}

/** The dotted name at a 1-based line and column; empty where there is none. */
export function dottedNameAt(lines: readonly string[], line: number, column: number): string {
  const rest = lines[line - 1]?.slice(column - 1) ?? '';
  const name =
    /^(?:\*|[\p{ID_Start}_][\p{ID_Continue}]*(?:\s*\.\s*[\p{ID_Start}_][\p{ID_Continue}]*)*)/u.exec(rest);
  return name === null ? '' : name[0].replace(/\s/g, '');
}

/** The statement as code on one line. */
export function importCode({ statement, names }: PythonImport): string {
  const list =
    statement.names === '*'
      ? '*'
      : statement.names
          .map((name) => (name.as === undefined ? name.name : `${name.name} as ${name.as}`))
          .join(', ');
  if (statement.kind === 'import' || names.length === 0) return `import ${list}`;
  return `from ${'.'.repeat(statement.level)}${statement.module} import ${list}`;
}

function* importsIn(body: readonly Statement[], free: boolean): Generator<PythonImport> {
  for (const statement of body) {
    switch (statement.kind) {
      case 'import':
      case 'from':
        yield { statement, names: boundNames(statement), standsFree: free };
        break;
      case 'if':
        yield* importsIn(statement.then, free);
        yield* importsIn(statement.otherwise, free);
        break;
      case 'while':
      case 'for':
        yield* importsIn([...statement.body, ...statement.otherwise], false);
        break;
      case 'try':
        yield* importsIn(statement.body, false);
        for (const handler of statement.handlers) yield* importsIn(handler.body, false);
        yield* importsIn([...statement.otherwise, ...statement.finally], false);
        break;
      case 'with':
      case 'class':
        yield* importsIn(statement.body, false);
        break;
      case 'match':
        for (const each of statement.cases) yield* importsIn(each.body, false);
        break;
      case 'function':
        if (Array.isArray(statement.definition.body)) yield* importsIn(statement.definition.body, false);
        break;
    }
  }
}

function boundNames(statement: ImportStatement): BoundName[] {
  if (statement.names === '*') return [{ name: '*', local: '*', path: '*' }];
  return statement.names.map((imported: ImportedName): BoundName => {
    const { name, as } = imported;
    if (as !== undefined) return { name, local: as, path: as };
    return { name, local: name.split('.')[0]!, path: name };
  });
}
