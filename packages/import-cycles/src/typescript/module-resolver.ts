import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { ts } from 'ts-morph';
import type { DirectoryCache } from './directory-cache.ts';
import type { ProjectConfig } from './project-config.ts';
import { isDeclarationFile } from './source-extensions.ts';
import { packageNameOf } from './workspace-packages.ts';
import type { WorkspacePackages } from './workspace-packages.ts';

/** Where an import leads: a module of the graph, something outside it, or a file that is no source (JSON, styles). */
export type Target =
  | {
      readonly kind: 'module';
      /** What is executed, and what the compiler reads types from: the same, or the declarations that describe it. */
      readonly index: number;
      readonly types: number;
    }
  | { readonly kind: 'external'; readonly name: string }
  | { readonly kind: 'asset' };

/** `require` and `import` may lead to different files through the conditions of a package's `exports`. */
export type ImportSyntax = 'static' | 'dynamic' | 'require';

export interface ResolverContext {
  readonly cache: DirectoryCache;
  readonly packages: WorkspacePackages;
  /** Index of the module at an absolute path, if the graph has one there. */
  readonly moduleAt: (path: string) => number | undefined;
  /** A path as it is shown: relative to the graph's base. */
  readonly nameOf: (path: string) => string;
}

const ASSET: Target = { kind: 'asset' };

/** Resolves imports under one config: the compiler's own algorithm, without a program and with one cache. */
export class ModuleResolver {
  readonly #options: ts.CompilerOptions;
  readonly #lenient: ts.CompilerOptions;
  readonly #executed: ts.CompilerOptions;
  readonly #context: ResolverContext;
  readonly #host: ts.ModuleResolutionHost;
  readonly #resolutions: ts.ModuleResolutionCache;

  constructor(config: ProjectConfig, context: ResolverContext) {
    this.#options = config.options;
    this.#lenient = { ...config.options, moduleResolution: ts.ModuleResolutionKind.Bundler };
    // What "go to source definition" resolves with: no declarations, and no `types` condition of a package.
    this.#executed = { ...config.options, noDtsResolution: true };
    this.#context = context;
    const { cache } = context;
    this.#host = {
      fileExists: cache.fileExists,
      readFile: cache.readFile,
      directoryExists: cache.directoryExists,
      realpath: cache.realpath,
      useCaseSensitiveFileNames: cache.caseSensitive,
    };
    this.#resolutions = ts.createModuleResolutionCache('/', cache.canonical, config.options);
  }

  /** Where `specifier`, written in the file at the absolute path `from`, leads. */
  resolve(specifier: string, from: string, syntax: ImportSyntax): Target {
    if (specifier.startsWith('node:')) return { kind: 'external', name: specifier };
    const mode = this.#modeOf(from, syntax);
    const resolved = this.#compiled(specifier, from, mode);
    if (resolved === undefined) return this.#unresolved(specifier, from, syntax);
    const compiled = resolved.resolvedFileName;
    const types = this.#moduleAt(compiled);
    const isInstalled = compiled.includes('/node_modules/');
    if (isDeclarationFile(compiled) && !isInstalled) {
      const executed = this.#lookUp(specifier, from, this.#executed, mode)?.resolvedFileName;
      const index = executed === undefined ? undefined : this.#moduleAt(executed);
      if (index !== undefined) return { kind: 'module', index, types: types ?? index };
    }
    if (types !== undefined) return module(types);
    if (compiled.endsWith('.json')) return ASSET;
    return this.#outside(specifier, resolved);
  }

  #compiled(specifier: string, from: string, mode: ts.ResolutionMode): ts.ResolvedModuleFull | undefined {
    const strict = this.#lookUp(specifier, from, this.#options, mode, this.#resolutions);
    if (strict !== undefined || !isRelative(specifier)) return strict;
    // ESM under Node wants extensions, but code that a bundler or a loader runs leaves them out all the same.
    return this.#lookUp(specifier, from, this.#lenient, mode);
  }

  #lookUp(
    specifier: string,
    from: string,
    options: ts.CompilerOptions,
    mode: ts.ResolutionMode,
    cache?: ts.ModuleResolutionCache,
  ): ts.ResolvedModuleFull | undefined {
    return ts.resolveModuleName(specifier, from, options, this.#host, cache, undefined, mode).resolvedModule;
  }

  #modeOf(from: string, syntax: ImportSyntax): ts.ResolutionMode {
    const kind = this.#options.moduleResolution;
    if (kind === ts.ModuleResolutionKind.Node10) return undefined;
    if (syntax === 'require') return ts.ModuleKind.CommonJS;
    if (syntax === 'dynamic' || kind === ts.ModuleResolutionKind.Bundler) return ts.ModuleKind.ESNext;
    const packages = this.#resolutions.getPackageJsonInfoCache();
    return ts.getImpliedNodeFormatForFile(from, packages, this.#host, this.#options);
  }

  /** A module by its path, or by the path behind links. */
  #moduleAt(path: string): number | undefined {
    const { cache, moduleAt } = this.#context;
    const index = moduleAt(path);
    if (index !== undefined) return index;
    const real = cache.realpath(path);
    return real === path ? undefined : moduleAt(real);
  }

  #outside(specifier: string, resolved: ts.ResolvedModuleFull): Target {
    const { cache, moduleAt, nameOf, packages } = this.#context;
    const real = cache.realpath(resolved.resolvedFileName);
    const source = real.includes('/node_modules/') ? undefined : packages.sourceOfOutput(real);
    const index = source === undefined ? undefined : moduleAt(source);
    if (index !== undefined) return module(index);
    // Also true of a package of the workspace outside the roots, which a link in `node_modules` leads to.
    const isPackage = resolved.isExternalLibraryImport === true && !isRelative(specifier);
    return { kind: 'external', name: isPackage ? packageNameOf(specifier) : nameOf(real) };
  }

  #unresolved(specifier: string, from: string, syntax: ImportSyntax): Target {
    const { cache, moduleAt, nameOf, packages } = this.#context;
    const [bare = ''] = specifier.split(/[?#]/, 1);
    if (isRelative(specifier)) {
      const path = join(dirname(from), bare);
      // A bundler's query: `./worker.ts?worker` is that file.
      const index = bare === specifier ? undefined : moduleAt(path);
      if (index !== undefined) return module(index);
      return cache.fileExists(path) ? ASSET : { kind: 'external', name: nameOf(path) };
    }
    const isForeign = isBuiltin(specifier) || this.#isInstalled(packageNameOf(specifier), from);
    const source = isForeign ? undefined : packages.sourceOfSpecifier(specifier, syntax === 'require');
    const index = source === undefined ? undefined : moduleAt(source);
    if (index !== undefined) return module(index);
    const isUrl = /^[a-z][a-z0-9+.-]+:/i.test(specifier);
    return {
      kind: 'external',
      name: isUrl || specifier.startsWith('#') ? specifier : packageNameOf(specifier),
    };
  }

  /** Whether a package lies in a `node_modules` above a file for good, and is no link to one of the workspace's. */
  #isInstalled(name: string, from: string): boolean {
    const { cache } = this.#context;
    for (let folder = dirname(from); ; folder = dirname(folder)) {
      const path = `${folder === '/' ? '' : folder}/node_modules/${name}`;
      if (cache.directoryExists(path)) return cache.realpath(path).includes('/node_modules/');
      if (folder === '/' || folder === '.') return false;
    }
  }
}

function module(index: number): Target {
  return { kind: 'module', index, types: index };
}

function isRelative(specifier: string): boolean {
  return (
    specifier.startsWith('./') ||
    specifier.startsWith('../') ||
    specifier.startsWith('/') ||
    /^\.\.?$/.test(specifier)
  );
}
