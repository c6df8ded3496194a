import { constants } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { MeasureContext } from '@seaworthy/scenario';
import { buildImportGraph } from '../../build-import-graph.ts';
import { pathOf, writeModules } from '../modules/written-module.ts';
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
  const base = await context.workspace.makeFolder('project');
  const roots = plan.roots.map((root) => join(base, below(plan.base, root)));
  const sources = graph.modules.map((module) => module.path).filter((path) => isBelow(path));
  const configuration = graph.roots.flatMap((root) => PROJECT_FILES.map((name) => join(root, name)));
  const paths = [...new Set([...sources, ...configuration])];
  context.progress(`copying ${paths.length} files`);
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    context.signal.throwIfAborted();
    await Promise.all(paths.slice(start, start + AT_ONCE).map((path) => copy(plan.base, base, path)));
  }
  for (const root of roots) await mkdir(dirname(root), { recursive: true });
  const home = join(base, graph.roots.find((root) => isBelow(root)) ?? '.');
  await writeModules(home, plan.added);
  const added: string[] = [];
  for (const module of plan.added) {
    const path = join(home, pathOf(module));
    if ((await stat(path)).isFile()) added.push(relative(base, path));
  }
  return { base, roots: [...roots, home], copy: { files: sources.length, added } };
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
