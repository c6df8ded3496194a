import type { ImportGraph } from '../../../model/import-graph.ts';
import { IMPORT_FORMS, IMPORT_KINDS } from '../../../model/import-kind.ts';
import { byCodeUnit } from '../../knot-id.ts';
import { BoundedCache } from '../../bounded-cache.ts';
import type { ReadSource } from '../../source-text.ts';
import type { Advisor, Submodule } from '../advisor.ts';
import type { ImportUse, NameUse } from '../name-use.ts';
import { usesOfPythonNames } from './name-uses.ts';
import {
  type BoundName,
  type PythonImport,
  PythonSource,
  dottedNameAt,
  importCode,
  linesOf,
} from './python-source.ts';
import { rowsOf } from '../../rows-of.ts';
import { SubmoduleBindings } from './submodule-bindings.ts';

/** How many packages may pass a name on to each other. */
const LONGEST_CHAIN = 5;
const LONGEST_QUOTE = 80;
const SOURCES_KEPT = 128;

/** Reads Python files to say how imported names are used and where they come from. */
export class PythonAdvisor implements Advisor {
  readonly #graph: ImportGraph;
  readonly #readSource: ReadSource;
  readonly #annotationsWait: boolean;
  #fromImports: Map<number, number[]> | undefined;
  readonly #bindings: SubmoduleBindings;
  readonly #taken = new Map<number, string>();
  readonly #sources = new BoundedCache<number, PythonSource | undefined>(SOURCES_KEPT);

  constructor(graph: ImportGraph, readSource: ReadSource, annotationsWait: boolean) {
    this.#graph = graph;
    this.#readSource = readSource;
    this.#annotationsWait = annotationsWait;
    this.#bindings = new SubmoduleBindings(graph, readSource);
  }

  use(rows: readonly number[]): ImportUse | undefined {
    const first = rows[0]!;
    const { imports } = this.#graph;
    const source = this.#source(imports.from[first]!);
    if (source === undefined) return undefined;
    if (IMPORT_FORMS[imports.form[first]!] === 'call') {
      return { statement: undefined, canBeLazy: false, form: 'call', names: [] };
    }
    const statement = this.#statement(first, source);
    if (statement === undefined) return undefined;
    const names = this.#usesOf(rows, source, statement);
    if (names === undefined) return undefined;
    const code = importCode(statement);
    return {
      statement: code.length <= LONGEST_QUOTE ? code : undefined,
      canBeLazy: IMPORT_KINDS[imports.kind[first]!] === 'module' && statement.standsFree,
      form: 'statement',
      names,
    };
  }

  submodule(rows: readonly number[]): Submodule | undefined {
    const first = rows[0]!;
    const { imports, modules } = this.#graph;
    const from = imports.from[first]!;
    const through = imports.to[first]!;
    // From outside, `import package.submodule` would execute the package's `__init__` all the same.
    if (!modules[through]!.isPackage || !this.#isBelow(from, through)) return undefined;
    const source = this.#source(from);
    const statement = source === undefined ? undefined : this.#statement(first, source);
    if (source === undefined || statement?.statement.kind !== 'from') return undefined;
    const origins = new Map<number, string[]>();
    for (const name of this.#namesOf(rows, source, statement)) {
      const origin = this.#originOf(through, name.name, LONGEST_CHAIN);
      if (origin === undefined || origin.module === from || origin.module === through) return undefined;
      const names = origins.get(origin.module) ?? [];
      const original = origin.name;
      names.push(original === name.local ? original : `${original} as ${name.local}`);
      origins.set(origin.module, names);
    }
    if (origins.size === 0) return undefined;
    return {
      targets: [...origins.keys()],
      statement: [...origins]
        .map(([module, names]) => `from ${modules[module]!.name} import ${names.join(', ')}`)
        .join('; '),
      passedOnBy: `\`${modules[through]!.path}\``,
    };
  }

  takers(rows: readonly number[]): readonly string[] {
    const { imports, modules } = this.#graph;
    const from = imports.from[rows[0]!]!;
    const source = this.#source(from);
    const statement = source === undefined ? undefined : this.#statement(rows[0]!, source);
    if (source === undefined || statement === undefined) return [];
    const locals = new Set(this.#namesOf(rows, source, statement).map(({ local }) => local));
    const takers = new Set<string>();
    for (const row of this.#rowsTo(from)) {
      if (locals.has(this.#takenBy(row))) takers.add(modules[imports.from[row]!]!.name);
    }
    return [...takers].sort(byCodeUnit);
  }

  /** The name that a row of a `from` import takes. Those of a file are read together: a file takes from many. */
  #takenBy(row: number): string {
    const known = this.#taken.get(row);
    if (known !== undefined) return known;
    const { imports, modules } = this.#graph;
    const module = imports.from[row]!;
    const lines = linesOf(this.#readSource(modules[module]!.path) ?? '');
    const { start, end } = rowsOf(imports, module);
    for (let at = start; at < end; at++) {
      if (IMPORT_FORMS[imports.form[at]!] !== 'from') continue;
      this.#taken.set(at, dottedNameAt(lines, imports.line[at]!, imports.column[at]!));
    }
    return this.#taken.get(row)!;
  }

  dependants(rows: readonly number[]): readonly string[] {
    const { imports } = this.#graph;
    return this.#bindings.dependants(imports.from[rows[0]!]!, imports.to[rows[0]!]!);
  }

  /** The `from` imports of a module. */
  #rowsTo(module: number): readonly number[] {
    if (this.#fromImports === undefined) {
      this.#fromImports = new Map();
      const { count, form, to } = this.#graph.imports;
      for (let row = 0; row < count; row++) {
        if (IMPORT_FORMS[form[row]!] !== 'from') continue;
        const rows = this.#fromImports.get(to[row]!);
        if (rows === undefined) this.#fromImports.set(to[row]!, [row]);
        else rows.push(row);
      }
    }
    return this.#fromImports.get(module) ?? [];
  }

  /** Follows a name of a package to the module that its `__init__` takes it from. */
  #originOf(
    module: number,
    name: string,
    steps: number,
  ): { readonly module: number; readonly name: string } | undefined {
    const source = steps > 0 ? this.#source(module) : undefined;
    if (source === undefined) return undefined;
    const { imports, modules } = this.#graph;
    for (const statement of source.imports) {
      if (statement.statement.kind !== 'from' || !statement.standsFree) continue;
      const bound = statement.names.find(({ local }) => local === name);
      if (bound === undefined) continue;
      const { start, end } = rowsOf(imports, module);
      for (let row = start; row < end; row++) {
        if (imports.statementLine[row] !== statement.statement.line) continue;
        if (source.nameAt(imports.line[row]!, imports.column[row]!) !== bound.name) continue;
        const to = imports.to[row]!;
        // `from . import orders` passes on the module itself, not a name of it.
        if (modules[to]!.name.endsWith(`.${bound.name}`) && modules[to]!.parent === module) return undefined;
        const further = modules[to]!.isPackage ? this.#originOf(to, bound.name, steps - 1) : undefined;
        return further ?? { module: to, name: bound.name };
      }
    }
    return undefined;
  }

  #statement(row: number, source: PythonSource): PythonImport | undefined {
    const { statementLine, line, column } = this.#graph.imports;
    return source.importAt(statementLine[row]!, source.nameAt(line[row]!, column[row]!));
  }

  /** `undefined` where statements are nested more deeply than can be followed: no reason to give up the rest. */
  #usesOf(
    rows: readonly number[],
    source: PythonSource,
    statement: PythonImport,
  ): readonly NameUse[] | undefined {
    try {
      const names = this.#namesOf(rows, source, statement);
      return usesOfPythonNames(source, statement, names, this.#annotationsWait);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** The names that these rows stand for; all of the statement's where they cannot be told apart. */
  #namesOf(rows: readonly number[], source: PythonSource, statement: PythonImport): readonly BoundName[] {
    const { line, column } = this.#graph.imports;
    const written = new Set(rows.map((row) => source.nameAt(line[row]!, column[row]!)));
    const named = statement.names.filter(({ name }) => written.has(name));
    return named.length > 0 ? named : statement.names;
  }

  #isBelow(module: number, ancestor: number): boolean {
    for (let at = this.#graph.modules[module]!.parent; at >= 0; at = this.#graph.modules[at]!.parent) {
      if (at === ancestor) return true;
    }
    return false;
  }

  #source(module: number): PythonSource | undefined {
    return this.#sources.get(module, () => {
      const text = this.#readSource(this.#graph.modules[module]!.path);
      return text === undefined ? undefined : PythonSource.parse(text);
    });
  }
}
