import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { sep } from 'node:path';
import type { Problem } from '../../model/import-graph.ts';
import type { Exclusion } from './exclusion.ts';
import { extensionModuleName, isIdentifier, joinKey, parentKey } from './python-names.ts';
import type { Discovery, SourceFile, SourceFolder } from './source-file.ts';

const REPLACEMENT = '\uFFFD';

interface Entry {
  readonly name: string;
  readonly openPath: string | Buffer;
  readonly kind: 'file' | 'folder' | 'link';
}

interface PendingFolder {
  readonly path: string;
  readonly openPath: string | Buffer;
  readonly realPath: string;
  readonly name: string;
  readonly parent: SourceFolder | undefined;
}

/** Finds the Python sources below folders. Every real folder is entered once, whichever links lead to it. */
export class SourceWalk {
  /** Folders that were left out. */
  readonly passedOver: string[] = [];
  private readonly exclusion: Exclusion;
  private readonly report: (problem: Problem) => void;
  private readonly entered = new Set<string>();
  /** Links to folders wait until all real folders have been entered, so that the order of names does not matter. */
  private links: PendingFolder[] = [];

  constructor(exclusion: Exclusion, report: (problem: Problem) => void) {
    this.exclusion = exclusion;
    this.report = report;
  }

  /**
   * Walks one folder.
   *
   * @param key what it is called from its import root; empty where it is the root
   * @param skipped absolute folders below that belong to another root
   */
  walk(folder: string, key: string, skipped: ReadonlySet<string>): Discovery {
    const found: Discovery = { files: [], extensions: new Set() };
    const parent: SourceFolder | undefined =
      key === '' ? undefined : { key: parentKey(key), isPackage: true, importable: true, parent: undefined };
    const name = key.slice(key.lastIndexOf('.') + 1);
    const stack: PendingFolder[] = [
      { path: folder, openPath: folder, realPath: realpathSync(folder), name, parent },
    ];
    for (;;) {
      const next = stack.pop() ?? this.nextLink();
      if (next === undefined) return found;
      if (this.entered.has(next.realPath)) {
        const message = `leads to ${next.realPath}, whose sources are in the graph already; not followed`;
        this.report({ kind: 'symlink-loop', path: next.path, message });
        continue;
      }
      this.entered.add(next.realPath);
      this.enter(next, found, stack, skipped);
    }
  }

  private nextLink(): PendingFolder | undefined {
    return this.links.shift();
  }

  private enter(
    pending: PendingFolder,
    found: Discovery,
    stack: PendingFolder[],
    skipped: ReadonlySet<string>,
  ): void {
    const entries = this.list(pending);
    if (entries === undefined) return;
    const names = new Set(entries.map(({ name }) => name));
    const isStart = pending.parent === undefined;
    if (!isStart && this.exclusion.skipsContent(pending.name, (file) => names.has(file))) {
      this.passedOver.push(pending.path);
      return;
    }
    const folder = describe(pending, names);
    const subfolders: PendingFolder[] = [];
    for (const entry of entries) {
      const path = below(pending.path, entry.name);
      if (entry.kind === 'file') {
        const file = this.sourceFile(entry, path, folder, found);
        if (file !== undefined) found.files.push(file);
      } else {
        if (skipped.has(path)) continue;
        if (this.exclusion.skipsFolder(entry.name) || this.exclusion.excludes(path, entry.name)) {
          this.passedOver.push(path);
          continue;
        }
        const inside = { path, openPath: entry.openPath, name: entry.name, parent: folder };
        if (entry.kind === 'folder')
          subfolders.push({ ...inside, realPath: below(pending.realPath, entry.name) });
        else this.follow(entry, inside, folder, found);
      }
    }
    for (const subfolder of subfolders.reverse()) stack.push(subfolder);
  }

  /** A symbolic link: a file is read like any other, a folder waits. */
  private follow(
    entry: Entry,
    inside: Omit<PendingFolder, 'realPath'>,
    folder: SourceFolder,
    found: Discovery,
  ): void {
    const suffix = /\.(?:pyi?|so|pyd)$/.test(entry.name);
    try {
      const stats = statSync(entry.openPath);
      if (stats.isDirectory())
        this.links.push({ ...inside, realPath: realpathSync(entry.openPath) as string });
      else if (stats.isFile() && suffix) {
        const file = this.sourceFile(entry, inside.path, folder, found);
        if (file !== undefined) found.files.push(file);
      }
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ELOOP') {
        this.report({
          kind: 'symlink-loop',
          path: inside.path,
          message: 'a symbolic link that leads to itself',
        });
      } else if (suffix) {
        this.report({
          kind: 'unreadable',
          path: inside.path,
          message: `a symbolic link that leads nowhere (${code})`,
        });
      }
    }
  }

  private sourceFile(
    entry: Entry,
    path: string,
    folder: SourceFolder,
    found: Discovery,
  ): SourceFile | undefined {
    const { name } = entry;
    const isStub = name.endsWith('.pyi');
    if (!isStub && !name.endsWith('.py')) {
      const extension = extensionModuleName(name);
      if (extension !== undefined && folder.importable) found.extensions.add(joinKey(folder.key, extension));
      return undefined;
    }
    if (this.exclusion.excludes(path, name)) return undefined;
    const stem = name.slice(0, isStub ? -4 : -3);
    const isPackage = stem === '__init__' && folder.key !== '';
    return {
      path,
      openPath: entry.openPath,
      folder,
      key: isPackage ? folder.key : joinKey(folder.key, stem),
      isPackage,
      importable: folder.importable && (isPackage || isIdentifier(stem)),
      isStub,
    };
  }

  private list(pending: PendingFolder): Entry[] | undefined {
    try {
      const entries = readdirSync(pending.openPath, { withFileTypes: true });
      const plain =
        typeof pending.openPath === 'string' && !entries.some(({ name }) => name.includes(REPLACEMENT));
      const found = plain
        ? entries.map((entry) => plainEntry(pending.path, entry))
        : listBytes(pending.openPath);
      return found
        .filter((entry) => entry !== undefined)
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      this.report({
        kind: 'unreadable',
        path: pending.path,
        message: `the folder cannot be listed (${code})`,
      });
      return undefined;
    }
  }
}

function describe({ name, parent }: PendingFolder, names: ReadonlySet<string>): SourceFolder {
  if (parent === undefined) return { key: '', isPackage: false, importable: true, parent: undefined };
  const key = joinKey(parent.key, name);
  const isPackage = names.has('__init__.py') || names.has('__init__.pyi');
  return {
    key,
    isPackage,
    importable: parent.importable && isIdentifier(name),
    parent,
  };
}

function plainEntry(folder: string, entry: Dirent): Entry | undefined {
  const kind = kindOf(entry);
  return kind && { name: entry.name, openPath: below(folder, entry.name), kind };
}

/** Names that are no UTF-8 cannot be opened by their text. */
function listBytes(folder: string | Buffer): (Entry | undefined)[] {
  const above = Buffer.concat([Buffer.from(folder), Buffer.from('/')]);
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map((entry) => {
    const kind = kindOf(entry);
    return kind && { name: entry.name.toString(), openPath: Buffer.concat([above, entry.name]), kind };
  });
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): Entry['kind'] | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : undefined;
}

/** `path.join` without its normalisation, which costs more than listing the folder. */
function below(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}
