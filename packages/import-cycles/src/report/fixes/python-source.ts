import { parser } from '@lezer/python';
import { lineOf, lineStarts } from '../source-text.ts';

export type Tree = ReturnType<typeof parser.parse>;

export type SyntaxNode = Tree['topNode'];

/** A name that an import statement binds in its module. */
export interface BoundName {
  /** `Order` of `from shop import Order`, `a.b` of `import a.b`, `*`. */
  readonly name: string;
  /** The variable it is bound to; for `import a.b` the first part. */
  readonly local: string;
  /** The dotted path that a use must begin with: `a.b` for `import a.b`, else `local`. */
  readonly path: string;
  readonly offset: number;
}

export interface PythonImport {
  readonly node: SyntaxNode;
  /** Dotted, with its leading dots; `undefined` for `import a`. */
  readonly module: string | undefined;
  readonly names: readonly BoundName[];
}

/** A parsed Python file. */
export class PythonSource {
  readonly text: string;
  readonly tree: Tree;
  readonly #starts: readonly number[];
  #imports: PythonImport[] | undefined;

  constructor(text: string) {
    this.text = text;
    this.tree = parser.parse(text);
    this.#starts = lineStarts(text);
  }

  lineOf(offset: number): number {
    return lineOf(this.#starts, offset);
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  /** Offset of a 1-based line and column. */
  offsetOf(line: number, column: number): number {
    return (this.#starts[line - 1] ?? this.text.length) + column - 1;
  }

  /** Every import statement, in the order of the source. */
  get imports(): readonly PythonImport[] {
    if (this.#imports === undefined) {
      const found: PythonImport[] = [];
      this.tree.iterate({
        enter: (node) => {
          if (node.name === 'ImportStatement') found.push(readImport(this.text, node.node));
        },
      });
      this.#imports = found;
    }
    return this.#imports;
  }

  /** The statement that reaches over a position. */
  importAt(line: number, column: number): PythonImport | undefined {
    const offset = this.offsetOf(line, column);
    return this.imports.find(({ node }) => node.from <= offset && offset <= node.to);
  }
}

function readImport(text: string, node: SyntaxNode): PythonImport {
  const parts: { kind: string; text: string; from: number }[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    parts.push({ kind: child.name, text: text.slice(child.from, child.to), from: child.from });
  }
  const importAt = parts.findIndex(({ kind }) => kind === 'import');
  const isFrom = parts[0]?.kind === 'from';
  const names: BoundName[] = [];
  let written: { text: string; from: number } | undefined;
  let local: string | undefined;
  const finish = (): void => {
    if (written === undefined) return;
    const first = isFrom ? written.text : written.text.split('.')[0]!;
    const bound = local ?? first;
    const path = local ?? written.text;
    names.push({ name: written.text, local: bound, path, offset: written.from });
    written = local = undefined;
  };
  let afterAs = false;
  for (const part of parts.slice(importAt + 1)) {
    if (part.kind === ',') finish();
    else if (part.kind === 'as') afterAs = true;
    else if (part.kind === 'VariableName' && afterAs) {
      local = part.text;
      afterAs = false;
    } else if (part.kind === 'VariableName' || part.kind === '.' || part.kind === '*') {
      written = { text: (written?.text ?? '') + part.text, from: written?.from ?? part.from };
    }
  }
  finish();
  const module = isFrom
    ? parts
        .slice(1, importAt)
        .map((part) => part.text)
        .join('')
    : undefined;
  return { node, module, names };
}
