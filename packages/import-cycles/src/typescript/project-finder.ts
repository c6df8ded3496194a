import { dirname } from 'node:path/posix';
import type { Problem } from '../model/import-graph.ts';
import type { DirectoryCache } from './directory-cache.ts';
import { DEFAULT_OPTIONS, filesOfConfig, readProjectConfig } from './project-config.ts';
import type { ExtendedConfigs, ProjectConfig } from './project-config.ts';

/** `tsconfig.base.json` is what Nx workspaces keep their aliases in when they have no `tsconfig.json` at the top. */
const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'] as const;

const NO_CONFIG: ProjectConfig = { path: undefined, options: DEFAULT_OPTIONS, references: [], problems: [] };

/**
 * Finds the config that governs a file, as an editor does: the nearest one upwards; where that one refers to others
 * (project references, a solution-style `tsconfig.json` that has nothing but references), the first of them that includes
 * the file; where none does, the nearest one after all.
 */
export class ProjectFinder {
  readonly #cache: DirectoryCache;
  readonly #nameOf: (path: string) => string;
  /** The one config that the caller names, if any. */
  readonly #fixed: ProjectConfig | undefined;
  readonly #configs = new Map<string, ProjectConfig>();
  readonly #extended: ExtendedConfigs = new Map();
  readonly #consulted = new Set<ProjectConfig>();
  readonly #files = new Map<string, ReadonlySet<string>>();
  readonly #nearest = new Map<string, ProjectConfig>();

  constructor(cache: DirectoryCache, nameOf: (path: string) => string, fixed?: string) {
    this.#cache = cache;
    this.#nameOf = nameOf;
    this.#fixed = fixed === undefined ? undefined : this.read(fixed);
  }

  /** Problems of the configs that govern a file asked for so far, each once. */
  get problems(): readonly Problem[] {
    const distinct = new Map<string, Problem>();
    for (const config of this.#consulted) {
      for (const problem of config.problems) distinct.set(JSON.stringify(problem), problem);
    }
    return [...distinct.values()];
  }

  /** The config of a file, given by its absolute path. */
  projectOf(file: string): ProjectConfig {
    const nearest = this.#fixed ?? this.#nearestTo(dirname(file));
    this.#consulted.add(nearest);
    if (nearest.references.length === 0 || this.#includes(nearest, file)) return nearest;
    const seen = new Set([nearest]);
    for (const config of seen) {
      for (const reference of config.references) seen.add(this.read(reference));
      this.#consulted.add(config);
      if (config !== nearest && this.#includes(config, file)) return config;
    }
    return nearest;
  }

  /** Reads a config, once. */
  read(path: string): ProjectConfig {
    let config = this.#configs.get(path);
    if (!config) {
      config = readProjectConfig(path, this.#cache, this.#nameOf, this.#extended);
      this.#configs.set(path, config);
    }
    return config;
  }

  #nearestTo(folder: string): ProjectConfig {
    let config = this.#nearest.get(folder);
    if (!config) {
      const prefix = folder === '/' ? '/' : `${folder}/`;
      const name = CONFIG_NAMES.find((each) => this.#cache.fileExists(prefix + each));
      const parent = dirname(folder);
      config = name ? this.read(prefix + name) : parent === folder ? NO_CONFIG : this.#nearestTo(parent);
      this.#nearest.set(folder, config);
    }
    return config;
  }

  #includes(config: ProjectConfig, file: string): boolean {
    if (config.path === undefined) return false;
    let files = this.#files.get(config.path);
    if (!files) {
      files = filesOfConfig(config.path, this.#cache);
      this.#files.set(config.path, files);
    }
    return files.has(this.#cache.canonical(file));
  }
}
