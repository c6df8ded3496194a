import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { ts } from 'ts-morph';

export type EntryType = 'file' | 'folder' | 'link' | 'other';

/** One entry of a folder. */
export interface Entry {
  readonly name: string;
  readonly type: EntryType;
}

/**
 * What exists on disk, with one `readdir` per folder for a whole run. Resolution asks for dozens of paths per import that
 * do not exist; a listing answers all of them for one folder, and that a folder is missing is known from its parent's.
 * Paths are absolute, with forward slashes. The methods are bound, so that they serve as a resolution host of TypeScript's.
 */
export class DirectoryCache {
  readonly caseSensitive: boolean = ts.sys.useCaseSensitiveFileNames;
  readonly #listings = new Map<string, Map<string, EntryType>>();
  readonly #realPaths = new Map<string, string>();

  /** A path as a key: itself, or in lower case where the file system does not tell the two apart. */
  readonly canonical: (path: string) => string = (path) => (this.caseSensitive ? path : path.toLowerCase());

  /** Lists a folder by name, and throws as `readdir` does. The listing answers every later question about the folder. */
  list(folder: string): readonly Entry[] {
    const entries = readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, type: typeOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#listings.set(folder, new Map(entries.map(({ name, type }) => [this.canonical(name), type])));
    return entries;
  }

  /** Names of the files and folders in a folder, links followed; none where it cannot be listed. */
  readonly namesIn: (folder: string) => { readonly files: string[]; readonly directories: string[] } = (
    folder,
  ) => {
    const path = folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
    const files: string[] = [];
    const directories: string[] = [];
    for (const name of this.#listing(path).keys()) {
      const type = this.#typeAt(path === '/' ? `/${name}` : `${path}/${name}`);
      if (type === 'file') files.push(name);
      else if (type === 'folder') directories.push(name);
    }
    return { files, directories };
  };

  readonly fileExists: (path: string) => boolean = (path) => this.#typeAt(path) === 'file';

  readonly directoryExists: (path: string) => boolean = (path) => {
    const folder = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    return folder === '/' || folder === '' || this.#typeAt(folder) === 'folder';
  };

  readonly readFile: (path: string) => string | undefined = (path) => {
    if (!this.fileExists(path)) return undefined;
    try {
      return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return undefined;
    }
  };

  readonly realpath: (path: string) => string = (path) => {
    let real = this.#realPaths.get(path);
    if (real === undefined) {
      try {
        real = realpathSync.native(path).replaceAll('\\', '/');
      } catch {
        real = path;
      }
      this.#realPaths.set(path, real);
    }
    return real;
  };

  #typeAt(path: string): EntryType | undefined {
    const slash = path.lastIndexOf('/');
    if (slash < 0) return undefined;
    const name = this.canonical(path.slice(slash + 1));
    const listing = this.#listing(path.slice(0, slash) || '/');
    let type = listing.get(name);
    if (type === 'link') {
      type = typeBehindLink(path);
      listing.set(name, type);
    }
    return type;
  }

  #listing(folder: string): Map<string, EntryType> {
    const known = this.#listings.get(folder);
    if (known) return known;
    if (this.directoryExists(folder)) {
      try {
        this.list(folder);
      } catch {
        // What cannot be listed cannot be imported from here either; the walk reports it where it lies in a root.
      }
    }
    const listing = this.#listings.get(folder) ?? new Map<string, EntryType>();
    this.#listings.set(folder, listing);
    return listing;
  }
}

function typeOf(entry: Dirent): EntryType {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function typeBehindLink(path: string): EntryType {
  try {
    const stat = statSync(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'other';
  }
}
