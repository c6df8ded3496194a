import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generateProject } from './generate-project.ts';

/** A folder of sources in a place of its own, so that no program takes the surroundings into account. */
export interface Corpus {
  readonly name: string;
  readonly folder: string;
  /** What is known of it before anything is run. */
  readonly known?: string;
}

const PACKAGE = join(import.meta.dirname, '../..');
const WORKSPACE = join(PACKAGE, '../..');
const SKIPPED = new Set(['node_modules', 'dist', 'out-tsc', 'fixtures', 'coverage']);
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|json)$/;

/** Copies of real sources that are on the machine, and a generated project whose cycles are known. */
export function makeCorpora(folder: string, peers: string): Corpus[] {
  const corpora: Corpus[] = [];
  const real = [
    {
      name: 'this workspace (TypeScript, `verbatimModuleSyntax`)',
      from: WORKSPACE,
      only: ['packages', 'apps', 'tools'],
    },
    { name: 'effect 3.22.4 (TypeScript, one large knot)', from: join(peers, 'effect'), only: ['src'] },
    { name: 'nx (compiled to CommonJS)', from: join(WORKSPACE, 'node_modules/nx/dist'), only: ['src'] },
  ];
  for (const { name, from, only } of real) {
    if (!existsSync(from)) continue;
    const to = join(folder, `corpus${corpora.length}`);
    copySources(from, to, only);
    corpora.push({ name, folder: to });
  }
  const generated = generateProject(join(folder, 'generated'));
  corpora.push({
    name: 'generated, 1,000 files with aliases',
    folder: join(folder, 'generated'),
    known: generated,
  });
  return corpora;
}

function copySources(from: string, to: string, only?: readonly string[]): void {
  mkdirSync(to);
  const filter = (path: string): boolean =>
    !SKIPPED.has(basename(path)) && (statSync(path).isDirectory() || SOURCE.test(path));
  for (const part of only ?? ['.']) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true, filter });
  }
  for (const name of ['tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    if (existsSync(join(from, name)) && !existsSync(join(to, name))) cpSync(join(from, name), join(to, name));
  }
  if (!existsSync(join(to, 'tsconfig.json'))) writeFileSync(join(to, 'tsconfig.json'), '{}');
}
