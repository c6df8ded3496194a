import type { ts as TypeScript } from 'ts-morph';
import type { ImportGraph } from '../../../model/import-graph.ts';
import { BoundedCache } from '../../bounded-cache.ts';
import type { ReadSource } from '../../source-text.ts';
import type { Advisor, Submodule } from '../advisor.ts';
import type { ImportUse } from '../name-use.ts';
import { rowsOf } from '../../rows-of.ts';
import { usesOfTypeScriptName } from './name-uses.ts';

type Compiler = typeof TypeScript;

type Statement = TypeScript.ImportDeclaration | TypeScript.ExportDeclaration;

const LONGEST_QUOTE = 80;
const FILES_KEPT = 128;

/** Reads TypeScript and JavaScript files to say how imported names are used and where they come from. */
export class TypeScriptAdvisor implements Advisor {
  readonly #ts: Compiler;
  readonly #graph: ImportGraph;
  readonly #readSource: ReadSource;
  readonly #files = new BoundedCache<number, TypeScript.SourceFile | undefined>(FILES_KEPT);

  private constructor(ts: Compiler, graph: ImportGraph, readSource: ReadSource) {
    this.#ts = ts;
    this.#graph = graph;
    this.#readSource = readSource;
  }

  /** Loads the compiler, which takes a quarter of a second. */
  static async open(graph: ImportGraph, readSource: ReadSource): Promise<TypeScriptAdvisor> {
    const { ts } = await import('ts-morph');
    return new TypeScriptAdvisor(ts, graph, readSource);
  }

  use(rows: readonly number[]): ImportUse | undefined {
    const file = this.#file(this.#graph.imports.from[rows[0]!]!);
    if (file === undefined) return undefined;
    const statement = this.#statement(file, rows[0]!);
    if (statement === undefined) return { statement: undefined, canBeLazy: false, form: 'call', names: [] };
    const text = statement.getText(file).replace(/\s+/g, ' ');
    const names = this.#boundNames(statement);
    return {
      statement: text.length <= LONGEST_QUOTE ? text : undefined,
      canBeLazy: false,
      form: this.#ts.isExportDeclaration(statement) ? 're-export' : 'statement',
      names: names.map(({ local }) => ({
        name: local,
        places: usesOfTypeScriptName(this.#ts, file, local, statement),
      })),
    };
  }

  submodule(rows: readonly number[]): Submodule | undefined {
    const { imports, modules } = this.#graph;
    const from = imports.from[rows[0]!]!;
    const through = imports.to[rows[0]!]!;
    const file = this.#file(from);
    const index = this.#file(through);
    if (file === undefined || index === undefined) return undefined;
    const statement = this.#statement(file, rows[0]!);
    if (statement === undefined || !this.#ts.isImportDeclaration(statement)) return undefined;
    const origins = new Map<number, string[]>();
    for (const { name, local } of this.#boundNames(statement)) {
      const origin = name === '*' || name === 'default' ? undefined : this.#originOf(through, index, name);
      if (origin === undefined || origin.module === from) return undefined;
      const names = origins.get(origin.module) ?? [];
      names.push(origin.name === local ? local : `${origin.name} as ${local}`);
      origins.set(origin.module, names);
    }
    if (origins.size === 0) return undefined;
    return {
      targets: [...origins.keys()],
      statement: [...origins]
        .map(
          ([module, names]) =>
            `import { ${names.join(', ')} } from '${relative(modules[from]!.path, modules[module]!.path)}'`,
        )
        .join('; '),
      passedOnBy: `\`${modules[through]!.path}\``,
    };
  }

  /** None: a module passes on only what it exports, and that is a use. */
  takers(): readonly string[] {
    return [];
  }

  /** None: an import binds names in its own file only. */
  dependants(): readonly string[] {
    return [];
  }

  /** Where `export { name } from './x'` (or the only `export * from './x'`) of an index file takes a name from. */
  #originOf(
    module: number,
    index: TypeScript.SourceFile,
    name: string,
  ): { readonly module: number; readonly name: string } | undefined {
    const { imports } = this.#graph;
    const { start, end } = rowsOf(imports, module);
    const stars: number[] = [];
    for (let row = start; row < end; row++) {
      const statement = this.#statement(index, row);
      if (statement === undefined || !this.#ts.isExportDeclaration(statement)) continue;
      const clause = statement.exportClause;
      if (clause === undefined) {
        if (!stars.includes(imports.to[row]!)) stars.push(imports.to[row]!);
      } else if (this.#ts.isNamedExports(clause)) {
        const passed = clause.elements.find((element) => element.name.text === name);
        if (passed !== undefined) {
          return { module: imports.to[row]!, name: (passed.propertyName ?? passed.name).text };
        }
      }
    }
    const found = stars.filter((star) => this.#declares(star, name));
    return found.length === 1 ? { module: found[0]!, name } : undefined;
  }

  #declares(module: number, name: string): boolean {
    const { isVariableStatement, canHaveModifiers, getModifiers, SyntaxKind, isIdentifier } = this.#ts;
    return (this.#file(module)?.statements ?? []).some((statement) => {
      const exported =
        canHaveModifiers(statement) &&
        getModifiers(statement)?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) === true;
      if (!exported) return false;
      if (isVariableStatement(statement)) {
        return statement.declarationList.declarations.some(
          (declaration) => isIdentifier(declaration.name) && declaration.name.text === name,
        );
      }
      return 'name' in statement && (statement.name as TypeScript.Identifier | undefined)?.text === name;
    });
  }

  #boundNames(statement: Statement): { name: string; local: string }[] {
    if (this.#ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      return clause !== undefined && this.#ts.isNamedExports(clause)
        ? clause.elements.map(({ name }) => ({ name: name.text, local: name.text }))
        : [];
    }
    const names: { name: string; local: string }[] = [];
    const clause = statement.importClause;
    if (clause?.name !== undefined) names.push({ name: 'default', local: clause.name.text });
    const bindings = clause?.namedBindings;
    if (bindings === undefined) return names;
    if (this.#ts.isNamespaceImport(bindings)) return [...names, { name: '*', local: bindings.name.text }];
    for (const { name, propertyName } of bindings.elements) {
      names.push({ name: (propertyName ?? name).text, local: name.text });
    }
    return names;
  }

  /** The import or re-export that a row stands for. */
  #statement(file: TypeScript.SourceFile, row: number): Statement | undefined {
    const { line, column } = this.#graph.imports;
    const lineStart = file.getLineStarts()[line[row]! - 1];
    if (lineStart === undefined) return undefined;
    const position = lineStart + column[row]! - 1;
    return file.statements.find(
      (statement): statement is Statement =>
        (this.#ts.isImportDeclaration(statement) || this.#ts.isExportDeclaration(statement)) &&
        statement.getStart(file) <= position &&
        position < statement.getEnd(),
    );
  }

  #file(module: number): TypeScript.SourceFile | undefined {
    return this.#files.get(module, () => {
      const { path } = this.#graph.modules[module]!;
      const text = this.#readSource(path);
      if (text === undefined) return undefined;
      return this.#ts.createSourceFile(path, text, this.#ts.ScriptTarget.Latest, true);
    });
  }
}

/** A module specifier from one file to another, with the extension that the importing project would write or drop. */
function relative(from: string, to: string): string {
  const above = from.split('/').slice(0, -1);
  const parts = to.replace(/(\.d)?\.[cm]?[jt]sx?$/, '').split('/');
  while (above.length > 0 && parts.length > 1 && above[0] === parts[0]) {
    above.shift();
    parts.shift();
  }
  const up = above.map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...parts].join('/');
}
