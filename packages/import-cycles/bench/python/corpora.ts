import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder of Python sources to measure on. */
export interface PythonCorpus {
  readonly name: string;
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

const MIB = 1024 * 1024;
const LARGE = 30 * MIB;
const SMALL = ['asyncio', 'concurrent', 'json', 'logging', 'unittest'];

/**
 * Copies real sources from the interpreters of this machine into `scratch`: a handful of standard packages, one whole
 * standard library with its tests, and 30 MiB of standard libraries and installed packages.
 */
export function makePythonCorpora(scratch: string, interpreters: readonly string[]): PythonCorpus[] {
  const libraries = interpreters.map(foldersOf);
  const [first] = libraries;
  if (first === undefined) throw new Error('No Python was found on this machine to take sources from.');
  const small = new Copy('small: packages of the standard library', join(scratch, 'small'));
  for (const name of SMALL) small.add(join(first.standard, name));
  const library = new Copy('the standard library', join(scratch, 'library'));
  for (const name of readdirSync(first.standard).sort()) library.add(join(first.standard, name));
  const large = new Copy('30 MiB of standard library and installed packages', join(scratch, 'large'), LARGE);
  for (const { site, standard } of libraries) {
    for (const folder of [...site, standard]) {
      for (const name of namesIn(folder)) large.add(join(folder, name));
    }
  }
  return [small, library, large].map(({ corpus }) => corpus);
}

interface Folders {
  readonly standard: string;
  readonly site: readonly string[];
}

function foldersOf(python: string): Folders {
  const program =
    'import json, os, site; print(json.dumps([os.path.dirname(os.__file__), *site.getsitepackages()]))';
  const [standard, ...site] = JSON.parse(
    execFileSync(python, ['-c', program], { encoding: 'utf8' }),
  ) as string[];
  return { standard: standard!, site };
}

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : [];
}

const SKIPPED = /^(?:\..*|__pycache__|node_modules|site-packages|dist-packages|.*\.(?:dist|egg)-info)$/;

/** Copies sources of packages and modules until a bound is reached; a name that was copied before is passed over. */
class Copy {
  private readonly name: string;
  private readonly folder: string;
  private readonly bound: number;
  private readonly names = new Set<string>();
  private files = 0;
  private bytes = 0;

  constructor(name: string, folder: string, bound = Number.POSITIVE_INFINITY) {
    this.name = name;
    this.folder = folder;
    this.bound = bound;
    mkdirSync(folder, { recursive: true });
  }

  get corpus(): PythonCorpus {
    return { name: this.name, folder: this.folder, files: this.files, bytes: this.bytes };
  }

  add(path: string): void {
    const name = basename(path);
    if (this.names.has(name.replace(/\.py$/, ''))) return;
    this.names.add(name.replace(/\.py$/, ''));
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() && !SKIPPED.test(name)) this.addFolder(path, join(this.folder, name));
    else if (stats?.isFile()) this.addFile(path, this.folder);
  }

  private addFolder(from: string, to: string): void {
    const entries: Dirent[] = readdirSync(from, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.isFile()) this.addFile(join(from, entry.name), to);
      else if (entry.isDirectory() && !SKIPPED.test(entry.name)) {
        this.addFolder(join(from, entry.name), join(to, entry.name));
      }
    }
  }

  private addFile(path: string, to: string): void {
    const { size } = statSync(path);
    if (!path.endsWith('.py') || this.bytes + size > this.bound) return;
    mkdirSync(to, { recursive: true });
    copyFileSync(path, join(to, basename(path)));
    this.files++;
    this.bytes += size;
  }
}
