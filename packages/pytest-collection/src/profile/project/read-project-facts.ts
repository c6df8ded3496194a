import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Recording } from '../../model/recording.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ReadSource } from '../source/read-source.ts';
import { foldersInVain } from './folder-walk.ts';
import { missingNames } from './missing-names.ts';
import { repeatedFolders } from './repeated-folders.ts';

/** Looks at the files and folders that a recording names. Nothing is executed or written. */
export function readProjectFacts(recording: Recording, root: string, readSource: ReadSource): ProjectFacts {
  const paths = [...new Set(recording.collectors.flatMap(({ path }) => (path === undefined ? [] : [path])))];
  const files = testFiles(recording);
  const unwritable = [...new Set(files.map(dirname))].slice(0, 20).find((folder) => !isWritable(folder));
  return {
    vain: recording.collectors.some(({ kind }) => kind === 'Dir')
      ? []
      : foldersInVain(startsOf(recording, root), files),
    links: repeatedFolders(paths, root),
    names: missingNames(recording.errors, recording.python?.version ?? '', readSource),
    ...(unwritable !== undefined && { unwritable }),
  };
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
function startsOf({ pytest }: Recording, root: string): string[] {
  const base = pytest?.rootdir ?? root;
  const paths = (pytest?.args ?? [])
    .filter((arg) => !arg.startsWith('-'))
    .map((arg) => resolve(root, arg.split('::')[0] ?? arg))
    .filter((path) => existsSync(path));
  if (paths.length > 0) return paths;
  const given = (pytest?.testpaths ?? [])
    .map((path) => resolve(base, path))
    .filter((path) => existsSync(path));
  return given.length > 0 ? given : [root];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
