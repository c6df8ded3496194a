import { basename } from 'node:path';
import type { CollectionError } from '../../model/recording.ts';
import type { ProjectPath } from './project-path.ts';

/** What pytest gives its exception: the module's name, the file that has it already, and the file that was to get it. */
const MISMATCH = /^\(\s*(['"]).*?\1,\s*(['"])(.+)\2,\s*\w+\((['"])(.+)\4\),?\s*\)$/s;

/** An error as a profile tells it: with paths of the project, and where pytest's own words help nobody in plain ones. */
export function explainedError(error: CollectionError, path: ProjectPath): CollectionError {
  const shown = {
    ...error,
    ...(error.path !== undefined && { path: path(error.path) }),
    ...(error.raisedIn !== undefined && { raisedIn: path(error.raisedIn) }),
  };
  if (error.type !== 'ImportPathMismatchError') return shown;
  const [, , , first, , second] = MISMATCH.exec(error.message) ?? [];
  if (first === undefined || second === undefined) return shown;
  // It was raised within pytest, which is no place to look at.
  const { raisedIn: _, line: __, ...rest } = shown;
  return { ...rest, message: mismatch(path(first), path(second)) };
}

function mismatch(first: string, second: string): string {
  return `${second} was not collected, because ${first} is a module of the same name already: rename one of the two ${basename(second)}, put an __init__.py into their folders, or use --import-mode=importlib`;
}
