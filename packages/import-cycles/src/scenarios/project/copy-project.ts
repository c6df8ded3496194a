import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import type { MeasureContext } from '@seaworthy/scenario';
import { buildImportGraph } from '../../build-import-graph.ts';
import { writeModules } from '../modules/written-module.ts';
import type { ProjectPlan } from './project-plan.ts';

/** Where to analyse. */
export interface ProjectPlace {
  readonly base: string;
  readonly roots: readonly string[];
  readonly copy: { readonly files: number; readonly added: readonly string[] } | null;
}

/** What else than sources decides where a project's import roots are. */
const PROJECT_FILES = ['pyproject.toml', 'setup.py', 'setup.cfg'];
const AT_ONCE = 64;

/** The project where it is, or a copy of its sources in the workspace with the plan's modules added. */
export async function placeOf(plan: ProjectPlan, context: MeasureContext): Promise<ProjectPlace> {
  if (plan.added.length === 0) return { base: plan.base, roots: plan.roots, copy: null };
  const graph = await buildImportGraph(plan.roots, {
    language: 'python',
    base: plan.base,
    exclude: plan.exclude,
    signal: context.signal,
  });
  // The copy keeps the folder's name, which is a package's where the project's root is one.
  const place = await context.workspace.makeFolder('copy');
  const base = join(place, 'project', basename(plan.base));
  const roots = plan.roots.map((root) => join(base, below(plan.base, root)));
  const sources = graph.modules.map((module) => module.path).filter(isBelow);
  const configuration = graph.roots
    .filter(isBelow)
    .flatMap((root) => PROJECT_FILES.map((name) => join(root, name)));
  const paths = [...new Set([...sources, ...configuration])];
  context.progress(`copying ${sources.length} files`);
  for (const root of [base, ...roots]) await mkdir(dirname(root), { recursive: true });
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    context.signal.throwIfAborted();
    await Promise.all(paths.slice(start, start + AT_ONCE).map((path) => copy(plan.base, base, path)));
  }
  const added = join(place, 'added');
  await writeModules(added, plan.added);
  return {
    base,
    roots: [...roots, added],
    copy: { files: sources.length, added: (await readdir(added)).sort() },
  };
}

const below = (base: string, path: string): string => {
  const inside = relative(base, path);
  return isBelow(inside) ? inside : '.';
};

const isBelow = (path: string): boolean => !isAbsolute(path) && !path.startsWith('..');

/** Copies one file; those that are gone or cannot be read are left out, as the analysis leaves them out. */
async function copy(from: string, to: string, path: string): Promise<void> {
  const target = join(to, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target, constants.COPYFILE_FICLONE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EISDIR') throw error;
  }
}
