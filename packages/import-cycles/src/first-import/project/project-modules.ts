import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImportGraph } from '../../model/import-graph.ts';
import type { ModuleSyntax } from '../syntax/nodes.ts';
import { parseModule } from '../syntax/parse-module.ts';
import { SyntaxFault } from '../syntax/syntax-fault.ts';
import { decodeSource } from './decode-source.ts';

/** A module of the graph, its file read and parsed when first asked for. */
export interface ModuleSource {
  readonly index: number;
  readonly name: string;
  readonly isPackage: boolean;
  /** Absolute. */
  readonly file: string;
  syntax(): ModuleSyntax | SyntaxFault;
}

/** Finds modules of the project by name, as its import roots on `sys.path` would. Reads source files, executes nothing. */
export class ProjectModules {
  private readonly sources = new Map<string, ModuleSource>();
  private readonly namespaces = new Map<string, string[]>();
  private readonly listings = new Map<string, readonly string[]>();

  constructor(graph: ImportGraph) {
    graph.modules.forEach(({ name, path, isPackage }, index) => {
      if (!path.endsWith('.pyi'))
        this.sources.set(name, this.lazySource(index, name, join(graph.base, path), isPackage));
    });
    for (const source of this.sources.values()) this.addNamespaces(source);
  }

  get(name: string): ModuleSource | undefined {
    return this.sources.get(name);
  }

  isNamespace(name: string): boolean {
    return this.namespaces.has(name);
  }

  /**
   * A module below a package that the graph does not know: a folder without Python files (a namespace package), or one
   * built from something else (an extension module), which is taken to be there.
   */
  probe(packageName: string, child: string): 'namespace' | 'external' | undefined {
    const source = this.sources.get(packageName);
    const folders = source === undefined ? (this.namespaces.get(packageName) ?? []) : [dirname(source.file)];
    for (const folder of folders) {
      const path = join(folder, child);
      if (existsSync(path) && statSync(path).isDirectory()) {
        // What stands below it is asked for next: a stub's folder may hold a folder.
        this.namespaces.set(`${packageName}.${child}`, [path]);
        return 'namespace';
      }
      if (
        this.list(folder).some((file) => file.startsWith(`${child}.`) && BUILT.test(file.slice(child.length)))
      )
        return 'external';
    }
    return undefined;
  }

  private list(folder: string): readonly string[] {
    let files = this.listings.get(folder);
    if (files === undefined) {
      files = existsSync(folder) ? readdirSync(folder) : [];
      this.listings.set(folder, files);
    }
    return files;
  }

  private lazySource(index: number, name: string, file: string, isPackage: boolean): ModuleSource {
    let parsed: ModuleSyntax | SyntaxFault | undefined;
    return { index, name, isPackage, file, syntax: () => (parsed ??= parseFile(file)) };
  }

  /** Folders above a module that are packages without an `__init__`. */
  private addNamespaces(source: ModuleSource): void {
    let name = source.name;
    let folder = source.isPackage ? dirname(dirname(source.file)) : dirname(source.file);
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.')) {
      name = name.slice(0, dot);
      if (this.sources.has(name)) return;
      const folders = this.namespaces.get(name);
      if (folders === undefined) this.namespaces.set(name, [folder]);
      else if (folders.includes(folder)) return;
      else folders.push(folder);
      folder = dirname(folder);
    }
  }
}

/** Ends of files that make, or are, modules without being Python source. */
const BUILT = /^\.(?:pyx|pyd|so|c|cpp|cc|f|f90|rs|.*\.so|.*\.pyd|py\.in|pyc)$/;

function parseFile(file: string): ModuleSyntax | SyntaxFault {
  try {
    return parseModule(decodeSource(readFileSync(file)));
  } catch (error) {
    if (error instanceof SyntaxFault) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new SyntaxFault(reason, 1);
  }
}
