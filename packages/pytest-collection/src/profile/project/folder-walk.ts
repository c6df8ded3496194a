import { join } from 'node:path';
import { FILES_HERE, type FileView } from './file-view.ts';

/** pytest's own norecursedirs; `.*` besides. */
export const NOT_ENTERED: ReadonlySet<string> = new Set([
  '_darcs',
  'build',
  'CVS',
  'dist',
  'node_modules',
  'venv',
  '{arch}',
  '__pycache__',
]);
const MOST_ENTRIES = 100_000;

/**
 * The outermost folders below `starts` that hold no test, with how many files and folders pytest looks at in them. A cheap
 * walk for pytest before 8, which does not tell the folders that it goes through; symbolic links are not followed.
 *
 * @param tests absolute paths of the files in which pytest found tests
 */
export function foldersInVain(
  starts: readonly string[],
  tests: readonly string[],
  files: FileView = FILES_HERE,
): { readonly path: string; readonly entries: number }[] {
  const holding = new Set<string>();
  for (const file of tests) {
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      if (holding.has(folder)) break;
      holding.add(folder);
    }
  }
  const looking = { files, left: MOST_ENTRIES };
  const found: { path: string; entries: number }[] = [];
  const open = [...starts];
  for (let folder = open.pop(); folder !== undefined && looking.left > 0; folder = open.pop()) {
    for (const path of subfolders(folder, entriesOf(folder, looking))) {
      if (holding.has(path)) open.push(path);
      else found.push({ path, entries: countBelow(path, looking) });
    }
  }
  return found.filter(({ entries }) => entries > 0);
}

interface Looking {
  readonly files: FileView;
  /** Entries that may still be looked at. */
  left: number;
}

function countBelow(start: string, looking: Looking): number {
  let count = 0;
  const open = [start];
  for (let folder = open.pop(); folder !== undefined && looking.left > 0; folder = open.pop()) {
    const entries = entriesOf(folder, looking);
    count += entries.length;
    open.push(...subfolders(folder, entries));
  }
  return count;
}

function subfolders(folder: string, entries: Entries): string[] {
  return entries
    .filter(({ isFolder }) => isFolder)
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('.egg') && !NOT_ENTERED.has(name))
    .map(({ name }) => join(folder, name));
}

type Entries = ReturnType<FileView['entries']>;

/** Nothing of a virtual environment, which pytest does not enter either, and nothing of what cannot be read. */
function entriesOf(folder: string, looking: Looking): Entries {
  const entries = looking.files.entries(folder);
  looking.left -= entries.length;
  return entries.some(({ name }) => name === 'pyvenv.cfg' || name === 'conda-meta') ? [] : entries;
}
