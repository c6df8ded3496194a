import { posix } from 'node:path';
import { ImportTableBuilder } from '../model/import-table-builder.ts';
import type { FolderImport, ImportTable, Problem } from '../model/import-graph.ts';
import { kindCode, stronger } from './scan/kind-strength.ts';
import { FORM_FROM, RELATIVE_TO_MODULE } from './scan/scan-sink.ts';
import { COLUMN, FORM, KIND, LEVEL, LINE, MODULE, NAME, ROW, STATEMENT_LINE } from './scan-log.ts';
import type { LoggedFile, ScanLog } from './scan-log.ts';
import type { IndexedModule, ModuleIndex } from './discovery/module-index.ts';
import { parentKey } from './discovery/python-names.ts';
import type { SourceFolder } from './discovery/source-file.ts';
import { STDLIB_MODULES } from './stdlib-modules.ts';

const TYPE_CHECKING = kindCode('type-checking');

/** What an import of the module executes, and what nothing catches. */
const NOT_GUARDED: ReadonlySet<number> = new Set((['module', 'class', 'conditional'] as const).map(kindCode));

/** The name is known, and no module of the graph stands for it. */
const NAMESPACE = -1;
const EXTENSION = -2;
const UNKNOWN = -3;
/** More than the importing module's own name, and that is no package. */
const BEYOND_ITSELF = -4;

/** What the resolution of all imports yields. */
export interface ResolvedImports {
  readonly imports: ImportTable;
  readonly external: ReadonlyMap<string, number>;
  readonly folderImports: readonly FolderImport[];
}

/** Finds the module that each import names, by the rules of CPython's import system on a project's own files. */
export class ImportResolver {
  private readonly index: ModuleIndex;
  private readonly prefixes: readonly string[];
  private readonly report: (problem: Problem) => void;
  private readonly known = new Map<string, number>();
  private readonly external = new Map<string, number>();
  private readonly builder = new ImportTableBuilder();
  private readonly folderImports = new Map<number, FolderImport>();
  /** The folder that is no root in which the last import was found. */
  private foundIn: SourceFolder | undefined;

  /**
   * @param prefixes dotted paths from one root to a root inside it (`src`), by which its modules are also imported
   */
  constructor(index: ModuleIndex, prefixes: readonly string[], report: (problem: Problem) => void) {
    this.index = index;
    this.prefixes = prefixes;
    this.report = report;
  }

  /** Resolves the imports of the module with this index. */
  addFile(from: number, log: ScanLog, logged: LoggedFile): void {
    const { cells, strings } = log;
    const importer = this.index.modules[from]!;
    for (let row = logged.first; row < logged.last; row++) {
      const at = row * ROW;
      const level = cells[at + LEVEL]!;
      const written = strings[cells[at + MODULE]!]!;
      const line = cells[at + LINE]!;
      const module = level === 0 ? written : this.absolute(importer, level, written, line);
      if (module === undefined) continue;
      const form = cells[at + FORM]!;
      const name = form === FORM_FROM ? strings[cells[at + NAME]!]! : '';
      const to = this.find(importer, module, name, level === 0);
      if (to < 0) continue;
      const kind = cells[at + KIND]!;
      if (this.foundIn !== undefined && NOT_GUARDED.has(kind) && !importer.typesOnly) {
        this.noteFolder(from, topOf(module), this.foundIn);
      }
      this.builder.addCodes(
        from,
        to,
        line,
        cells[at + COLUMN]!,
        cells[at + STATEMENT_LINE]!,
        importer.typesOnly ? stronger(kind, TYPE_CHECKING) : kind,
        form,
      );
    }
  }

  private noteFolder(module: number, name: string, { key }: SourceFolder): void {
    if (this.folderImports.has(module)) return;
    const { file, module: importer } = this.index.modules[module]!;
    let folder = posix.dirname(importer.path);
    for (let at = file.folder.key; at !== key; at = parentKey(at)) folder = posix.dirname(folder);
    this.folderImports.set(module, { module, name, folder });
  }

  /** What was added so far. */
  finish(): ResolvedImports {
    return {
      imports: this.builder.build(),
      external: this.external,
      folderImports: [...this.folderImports.values()],
    };
  }

  /** The absolute name of a relative import; undefined where it leaves the outermost package. */
  private absolute(
    importer: IndexedModule,
    levelAndAnchor: number,
    module: string,
    line: number,
  ): string | undefined {
    const level = levelAndAnchor & ~RELATIVE_TO_MODULE;
    const { file } = importer;
    let anchor = level === levelAndAnchor ? file.folder.key : file.key;
    for (let up = 1; up < level && anchor !== ''; up++) anchor = parentKey(anchor);
    if (anchor === '') {
      const { path } = importer.module;
      const dots = '.'.repeat(level);
      const message = `the relative import of ${dots}${module} leaves the outermost package; the import root may be a folder higher`;
      this.report({ kind: 'configuration', path, line, message });
      this.count(`${dots}${module}`);
      return undefined;
    }
    return module === '' ? anchor : `${anchor}.${module}`;
  }

  private find(importer: IndexedModule, module: string, name: string, mayBeExternal: boolean): number {
    this.foundIn = undefined;
    const found = this.lookUp(importer, module, name);
    if (found !== UNKNOWN) return found;
    const top = topOf(module);
    if (mayBeExternal && !STDLIB_MODULES.has(top)) {
      for (const prefix of this.prefixes) {
        if (!module.startsWith(`${prefix}.`)) continue;
        const inside = this.lookUp(importer, module.slice(prefix.length + 1), name);
        if (inside !== UNKNOWN) return inside;
      }
      // The folders above without an `__init__`, nearest first; the root itself has been asked.
      let home: SourceFolder | undefined = importer.file.folder;
      for (; home !== undefined && home.key !== ''; home = home.parent) {
        if (home.isPackage || this.exact(`${home.key}.${top}`) === UNKNOWN) continue;
        this.foundIn = home;
        return this.lookUp(importer, `${home.key}.${module}`, name);
      }
    }
    this.count(mayBeExternal ? top : module);
    return UNKNOWN;
  }

  private lookUp(importer: IndexedModule, module: string, name: string): number {
    if (name !== '') {
      const submodule = this.exact(`${module}.${name}`);
      if (submodule === EXTENSION) this.count(`${module}.${name}`);
      if (submodule !== UNKNOWN) return submodule;
    }
    const found = this.lookUpModule(module);
    if (found === EXTENSION) this.count(module);
    // `os.py` puts `os.path` into `sys.modules`, where CPython finds it before it asks what `os` is.
    const isItself = found >= 0 && this.index.modules[found] === importer;
    return isItself && !importer.module.isPackage && module !== importer.file.key ? BEYOND_ITSELF : found;
  }

  private lookUpModule(module: string): number {
    const cached = this.known.get(module);
    if (cached !== undefined) return cached;
    const found = this.longest(module);
    this.known.set(module, found);
    return found;
  }

  /** The module itself, or the longest part of its name that is one: CPython imports that much before it fails. */
  private longest(module: string): number {
    for (let part = module; part !== ''; part = parentKey(part)) {
      const found = this.exact(part);
      if (found !== UNKNOWN) return found;
    }
    return UNKNOWN;
  }

  private exact(key: string): number {
    const index = this.index.byKey.get(key);
    if (index !== undefined) return index;
    if (this.index.extensions.has(key)) return EXTENSION;
    return this.index.namespaces.has(key) ? NAMESPACE : UNKNOWN;
  }

  private count(name: string): void {
    this.external.set(name, (this.external.get(name) ?? 0) + 1);
  }
}

function topOf(module: string): string {
  const dot = module.indexOf('.');
  return dot < 0 ? module : module.slice(0, dot);
}
