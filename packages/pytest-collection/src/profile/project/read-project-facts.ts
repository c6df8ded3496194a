import { dirname, resolve } from 'node:path';
import type { Recording } from '../../model/recording.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ReadSource } from '../source/read-source.ts';
import { FILES_HERE, type FileView } from './file-view.ts';
import { foldersInVain } from './folder-walk.ts';
import { missingNames } from './missing-names.ts';
import { repeatedFolders } from './repeated-folders.ts';

/** Looks at the files and folders that a recording names. Nothing is executed or written. */
export function readProjectFacts(
  recording: Recording,
  root: string,
  readSource: ReadSource,
  view: FileView = FILES_HERE,
): ProjectFacts {
  const files = testFiles(recording);
  const unwritable = foldersOfTests(recording).find((folder) => !view.isWritable(folder));
  return {
    vain: tellsFolders(recording) ? [] : foldersInVain(startsOf(recording, root, view), files, view),
    links: repeatedFolders(collectedPaths(recording), root, view),
    names: missingNames(recording.errors, recording.python?.version ?? '', readSource, view),
    ...(unwritable !== undefined && { unwritable }),
  };
}

/** From version 8 on pytest tells which folders it goes through. */
export function tellsFolders({ collectors }: Recording): boolean {
  return collectors.some(({ kind }) => kind === 'Dir');
}

/** Files and folders that pytest collected. */
export function collectedPaths({ collectors }: Recording): string[] {
  return [...new Set(collectors.flatMap(({ path }) => (path === undefined ? [] : [path])))];
}

/** Some of them are enough: who may not write into one may mostly write into none. */
export function foldersOfTests(recording: Recording): string[] {
  return [...new Set(testFiles(recording).map(dirname))].slice(0, 20);
}

/** Files in which tests were found, or could not be collected. */
function testFiles({ collectors, errors }: Recording): string[] {
  const files = [
    ...collectors.filter(({ nodeId }) => nodeId !== '' && !nodeId.endsWith('::')).map(({ path }) => path),
    ...errors.map(({ path }) => path),
  ];
  return [...new Set(files.filter((path) => path !== undefined && /\.[^./]+$/.test(path)))] as string[];
}

/** The folders in which pytest began. */
function startsOf(recording: Recording, root: string, view: FileView): string[] {
  const [named, configured] = possibleStarts(recording, root).map((paths) =>
    paths.filter((path) => view.exists(path)),
  );
  return [named, configured].find((paths) => paths !== undefined && paths.length > 0) ?? [root];
}

/** What the arguments name, and what the ini file does; whatever is there. */
export function possibleStarts({ pytest }: Recording, root: string): [named: string[], configured: string[]] {
  const base = pytest?.rootdir ?? root;
  return [
    (pytest?.args ?? [])
      .filter((arg) => !arg.startsWith('-'))
      .map((arg) => resolve(root, arg.split('::')[0] ?? arg)),
    (pytest?.testpaths ?? []).map((path) => resolve(base, path)),
  ];
}
