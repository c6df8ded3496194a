import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `[kind, form, level, module, name, line, column, statement line]`; no line and column where CPython has none. */
export type ReferenceRecord = [string, string, number, string, string, number | null, number | null, number];

/** `[from, to, kind, form, line, column, statement line]`, by path. */
export type ReferenceEdge = [string, string, string, string, number | null, number | null, number];

/** What `import_reference.py` prints. */
export interface Reference {
  readonly records: Readonly<Record<string, readonly ReferenceRecord[]>>;
  readonly edges: readonly ReferenceEdge[];
  readonly broken: Readonly<Record<string, string>>;
  readonly components: readonly (readonly string[])[];
  readonly version: string;
}

/** The script itself. */
export const REFERENCE_SCRIPT: string = join(import.meta.dirname, 'import_reference.py');

/** Lets CPython's `ast` find all imports below a folder. */
export function askReference(python: string, folder: string): Reference {
  const scratch = mkdtempSync(join(tmpdir(), 'import-reference-'));
  try {
    const output = join(scratch, 'reference.json');
    execFileSync(python, ['-W', 'ignore', REFERENCE_SCRIPT, folder, '--output', output], { stdio: 'pipe' });
    return JSON.parse(readFileSync(output, 'utf8')) as Reference;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Folder of an interpreter's standard library. */
export function standardLibraryOf(python: string): string {
  const program = 'import os; print(os.path.dirname(os.__file__))';
  return execFileSync(python, ['-c', program], { encoding: 'utf8' }).trim();
}
