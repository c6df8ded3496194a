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

  /** The source that `specifier` (`@shop/cart/prices`) means, where it names a package of the workspace. */
  sourceOfSpecifier(specifier: string): string | undefined {
    const name = packageNameOf(specifier);
    const found = this.#byName.get(name);
    if (!found) return undefined;
    const { folder, manifest } = found;
    const subpath = `.${specifier.slice(name.length)}`;
    for (const target of targetsOf(manifest, subpath)) {
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

/** Every path that a subpath of a package may lead to, under whatever condition, in the order of its manifest. */
function targetsOf(manifest: Manifest, subpath: string): readonly string[] {
  const { exports } = manifest;
  if (exports !== undefined && exports !== null) {
    const map =
      isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'))
        ? exports
        : { '.': exports };
    if (Object.hasOwn(map, subpath)) return leavesOf(map[subpath]);
    for (const [pattern, target] of Object.entries(map)) {
      const [before, after] = pattern.split('*');
      if (before === undefined || after === undefined) continue;
      if (!subpath.startsWith(before) || !subpath.endsWith(after)) continue;
      const star = subpath.slice(before.length, subpath.length - after.length);
      return leavesOf(target).map((leaf) => leaf.replaceAll('*', star));
    }
    return [];
  }
  if (subpath !== '.') return [subpath];
  const { source, types, typings, module, main } = manifest;
  return [source, types, typings, module, main].filter((each) => typeof each === 'string');
}

function leavesOf(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (target === null || typeof target !== 'object') return [];
  return Object.values(target).flatMap(leavesOf);
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
