import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { ImportFormat } from './import-formats.ts';

/**
 * The folder that the paths of a report are relative to, where its reader has one in mind: code scanning services place
 * them in the repository. `undefined` leaves it to the analysis, as for the formats that people read.
 */
export function baseOfPaths(
  format: ImportFormat,
  roots: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): string | undefined {
  if (format !== 'github' && format !== 'sarif') return undefined;
  const workspace = env['GITHUB_WORKSPACE'] ?? '';
  const candidates = [...(workspace === '' ? [] : [resolve(cwd, workspace)]), repositoryOf(cwd) ?? cwd];
  return candidates.find((folder) => roots.every((root) => isBelow(folder, root)));
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryOf(above);
}

function isBelow(folder: string, path: string): boolean {
  return relative(real(folder), real(path)).split('/')[0] !== '..';
}

function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
