import { basename } from 'node:path';
import type { FileCost } from '../../model/collection-profile.ts';
import type { ImportRecord } from '../../model/recording.ts';
import { importWork } from './import-work.ts';

/** An import stands out where it takes this share of its file. */
const SHARE = 0.3;
const LEAST_MS = 5;

/** What each test file and conftest imports itself, without what that imports in turn. */
export type DirectImports = ReadonlyMap<
  string,
  readonly { readonly record: ImportRecord; readonly index: number }[]
>;

export function directImports(imports: readonly ImportRecord[]): DirectImports {
  const direct = new Map<string, { record: ImportRecord; index: number }[]>();
  imports.forEach((record, index) => {
    const { within } = record;
    if (within === undefined || isFileItself(record)) return;
    const above = imports[record.parent];
    if (above !== undefined && above.within === within && !isFileItself(above)) return;
    const rows = direct.get(within);
    if (rows === undefined) direct.set(within, [{ record, index }]);
    else rows.push({ record, index });
  });
  return direct;
}

/**
 * pytest imports a test file and a conftest by its name: that import is the file, and nothing that the file imports. Where
 * it failed, it has no path.
 */
export function isFileItself({
  module,
  path,
  within,
}: Pick<ImportRecord, 'module' | 'path' | 'within'>): boolean {
  if (within === undefined) return false;
  if (path !== undefined) return path === within;
  return module.slice(module.lastIndexOf('.') + 1) === basename(within, '.py');
}

/** The heaviest thing that a file imports, where one stands out of the file's `wallMs`. */
export function heaviestImport(
  direct: DirectImports,
  file: string,
  wallMs: number,
): FileCost['heaviestImport'] | undefined {
  const [first] = (direct.get(file) ?? [])
    .map(({ record }) => ({ module: record.module, wallMs: importWork(record).wallMs }))
    .sort((left, right) => right.wallMs - left.wallMs);
  if (first === undefined || first.wallMs < LEAST_MS || first.wallMs < SHARE * wallMs) return undefined;
  return first;
}
