import { dirname } from 'node:path/posix';
import type { DirectoryCache } from './directory-cache.ts';
import { sourceNamesOf } from './source-extensions.ts';

interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly source?: unknown;
  readonly types?: unknown;
  readonly typings?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
}

interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * The packages whose `package.json` lies in the roots. Node and the compiler find one through a link in `node_modules` and
 * then end at its build output, which is neither source nor there in a fresh clone. This class finds the source instead:
 * by the package's name, and by undoing what a build does to a path.
 */
export class WorkspacePackages {
  readonly #byName = new Map<string, WorkspacePackage>();
  readonly #folders = new Set<string>();
  readonly #isModule: (path: string) => boolean;

  /** `isModule` says whether an absolute path is a module of the graph. */
  constructor(manifests: readonly string[], cache: DirectoryCache, isModule: (path: string) => boolean) {
    this.#isModule = isModule;
    for (const path of manifests) {
      const manifest = parse(cache.readFile(path));
      if (!manifest) continue;
      const folder = dirname(path);
      this.#folders.add(folder);
      const { name } = manifest;
      if (typeof name === 'string' && !this.#byName.has(name)) this.#byName.set(name, { folder, manifest });
    }
  }

  /**
   * The source that `specifier` (`@shop/cart/prices`) means, where it names a package of the workspace; `require` and `import`
   * may mean different ones.
   */
  sourceOfSpecifier(specifier: string, isRequire: boolean): string | undefined {
    const name = packageNameOf(specifier);
    const found = this.#byName.get(name);
    if (!found) return undefined;
    const { folder, manifest } = found;
    const subpath = `.${specifier.slice(name.length)}`;
    for (const target of targetsOf(manifest, subpath, isRequire)) {
      const source = this.#sourceIn(folder, target.replace(/^\.\//, ''));
      if (source !== undefined) return source;
    }
    return subpath === '.'
      ? this.#sourceIn(folder, 'dist/index.js')
      : this.#sourceIn(folder, subpath.slice(2));
  }

  /** The source that a built file of the workspace was made from: `cart/dist/esm/prices.d.ts` from `cart/src/prices.ts`. */
  sourceOfOutput(path: string): string | undefined {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      if (this.#folders.has(folder)) return this.#sourceIn(folder, path.slice(folder.length + 1));
    }
    return undefined;
  }

  /** Undoes a build: the same place with the extensions of a source, then without its first folders, in `src` and beside. */
  #sourceIn(folder: string, target: string): string | undefined {
    const names = sourceNamesOf(target);
    const depth = target.split('/').length - 1;
    for (let strip = 0; strip <= depth; strip++) {
      for (const name of names) {
        const rest = name.split('/').slice(strip).join('/');
        const candidates = strip === 0 ? [rest, `src/${rest}`] : [`src/${rest}`, rest];
        for (const candidate of candidates) {
          if (this.#isModule(`${folder}/${candidate}`)) return `${folder}/${candidate}`;
        }
      }
    }
    return undefined;
  }
}

/** `@shop/cart` of `@shop/cart/prices`, `lodash` of `lodash/fp`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Every path that a subpath of a package may lead to, the one that is executed first. */
function targetsOf(manifest: Manifest, subpath: string, isRequire: boolean): readonly string[] {
  const { exports } = manifest;
  if (exports === undefined || exports === null) {
    if (subpath !== '.') return [subpath];
    const { source, module, main, types, typings } = manifest;
    return [source, ...(isRequire ? [main, module] : [module, main]), types, typings].filter(
      (each) => typeof each === 'string',
    );
  }
  const isMap = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  const map = isMap ? exports : { '.': exports };
  if (Object.hasOwn(map, subpath)) return leavesOf(map[subpath], isRequire);
  for (const [pattern, target] of Object.entries(map)) {
    const [before, after] = pattern.split('*');
    if (before === undefined || after === undefined) continue;
    if (!subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    const star = subpath.slice(before.length, subpath.length - after.length);
    return leavesOf(target, isRequire).map((leaf) => leaf.replaceAll('*', star));
  }
  return [];
}

/** The paths below a target, by condition: the project's own (such as `source`), those of Node, `types`, the other syntax. */
function leavesOf(target: unknown, isRequire: boolean): string[] {
  if (typeof target === 'string') return [target];
  if (target === null || typeof target !== 'object') return [];
  const order = [
    isRequire ? 'require' : 'import',
    'node',
    'module',
    'default',
    'types',
    isRequire ? 'import' : 'require',
  ];
  return Object.entries(target)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .flatMap(([, value]) => leavesOf(value, isRequire));
}

function parse(text: string | undefined): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
