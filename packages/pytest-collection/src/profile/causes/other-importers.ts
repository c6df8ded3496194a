import { importStatements, statementThatImports } from '../source/import-statements.ts';
import type { CauseInput } from './cause-input.ts';

/** So many files are looked into, since a module that many need is only paid for somewhere else. */
const MOST_READ = 300;

/**
 * Other test files and conftests that import the same module at their top, relative to the project. What is imported there
 * as well is paid for there when it is moved here.
 *
 * @param file absolute path of the one that it is paid for in now
 */
export function otherImporters(file: string, module: string, { profile, readSource }: CauseInput): string[] {
  return [...profile.files, ...profile.conftests]
    .slice(0, MOST_READ)
    .map(({ path }) => ({ path, absolute: absoluteOf(profile.root, path) }))
    .filter(({ absolute }) => absolute !== file)
    .filter(({ absolute }) => {
      const source = readSource(absolute);
      return source !== undefined && source.includes(module.split('.').at(-1) ?? module)
        ? statementThatImports(importStatements(source), module)?.indented === false
        : false;
    })
    .map(({ path }) => path);
}

function absoluteOf(root: string, path: string): string {
  return path.startsWith('/') ? path : `${root}/${path}`;
}
