import { dirname } from 'node:path/posix';
import type { Recording } from '../../model/recording.ts';
import { MANY_DESCRIPTORS } from '../machine-facts.ts';
import { MOST } from '../machine/stat-cost.ts';
import { NOT_ENTERED } from '../project/folder-walk.ts';
import { blamedPackages } from '../project/missing-names.ts';
import {
  collectedPaths,
  foldersOfTests,
  possibleStarts,
  tellsFolders,
} from '../project/read-project-facts.ts';
import { wayTo } from '../project/repeated-folders.ts';
import type { Question } from './answer.ts';

/** Everything that facts of the place of a recording are concluded from. */
export function askAbout(recording: Recording, root: string, python: string): Question {
  const paths = collectedPaths(recording);
  const starts = [...possibleStarts(recording, root).flat(), root];
  const packages = blamedPackages(recording.errors).map(({ path }) => path);
  return {
    python,
    shm: '/dev/shm',
    stat: paths.slice(0, MOST),
    many: MANY_DESCRIPTORS,
    real: [...wayTo(paths, root)],
    writable: foldersOfTests(recording),
    exist: starts,
    list: [...new Set(packages.map((path) => dirname(path)))],
    // Without a word of them from pytest, folders are walked through as it does.
    walk: tellsFolders(recording) ? [] : [...new Set(starts)],
    skip: [...NOT_ENTERED],
    texts: [...new Set([...packages, ...sourcesOf(recording)])],
  };
}

/** Files in which a cause may have its line, those first in which it has it mostly. */
function sourcesOf(recording: Recording): string[] {
  const { conftests, imports, errors, items, pytest, last } = recording;
  return [
    ...conftests.map(({ path }) => path),
    ...errors.flatMap(({ path, raisedIn }) => [path, raisedIn]),
    last.path,
    ...imports.flatMap(({ within, path }) => [within, path]),
    ...(pytest?.plugins ?? []).map(({ path, origin }) => (origin === 'builtin' ? undefined : path)),
    ...(items?.files ?? []).map(({ path }) => path),
  ].filter((path): path is string => path !== undefined && path.endsWith('.py'));
}
