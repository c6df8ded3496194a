import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MeasureContext } from '@seaworthy/scenario';
import { collectOnce } from '../../collect-once.ts';
import type { CollectionRunner } from '../../model/collection-runner.ts';
import type { CollectionTarget } from '../../model/collection-target.ts';
import { pythonOf } from '../collect/requires-pytest.ts';
import { runnerForProject } from '../place/subject-place.ts';
import type { ProjectPlan } from './project-plan.ts';

const CONFIGURATION_TIMEOUT_MS = 60_000;

/** What is collected, and where. */
export interface PlacedTarget {
  readonly target: CollectionTarget;
  readonly runner: CollectionRunner;
}

/**
 * What is to be collected: the project as it is, or with the plan's files before it. Those lie in the workspace, so that
 * nothing is written into the project; the project's configuration holds for them, too.
 */
export async function projectTarget(plan: ProjectPlan, context: MeasureContext): Promise<PlacedTarget> {
  const python = pythonOf(context.environment).executable;
  const args = [...plan.args, ...plan.extraArgs];
  const names = Object.keys(plan.added);
  if (names.length === 0) {
    const target = { root: plan.root, python, ...(args.length === 0 ? {} : { args }) };
    return { target, runner: await runnerForProject(context, []) };
  }
  const folder = join(await context.workspace.makeFolder('added'), 'added');
  await mkdir(folder);
  for (const [name, contents] of Object.entries(plan.added)) await writeFile(join(folder, name), contents);
  const tests = names.filter((name) => name !== 'conftest.py').map((name) => join(folder, name));
  const runner = await runnerForProject(context, [folder]);
  const own = await ownArguments(plan, python, runner, context);
  return { target: { root: plan.root, python, args: [...tests, ...own, ...args] }, runner };
}

/** What pytest needs to be told to collect the project's own tests as well, once it is given paths of other files. */
async function ownArguments(
  { root, args }: ProjectPlan,
  python: string,
  runner: CollectionRunner,
  { workspace, signal }: MeasureContext,
): Promise<readonly string[]> {
  // pytest itself says which configuration it would use: it is started, but ignores every file.
  const { recording } = await collectOnce(
    { root, python, args: [...args, '--ignore-glob=*'] },
    {
      workspace,
      signal,
      runner,
      timeoutMs: CONFIGURATION_TIMEOUT_MS,
      bytecode: { kind: 'private', folder: await workspace.makeFolder('configuration-bytecode') },
    },
  );
  const { rootdir = root, inifile, testpaths = [] } = recording.pytest ?? {};
  // Nobody sees from here what is in an image.
  const exists = (path: string): boolean => runner.elsewhere !== undefined || existsSync(path);
  const isGiven = args.some(
    (arg) => !arg.startsWith('-') && exists(resolve(root, arg.split('::')[0] ?? arg)),
  );
  const paths = testpaths.map((path) => resolve(rootdir, path)).filter(exists);
  return [
    `--rootdir=${rootdir}`,
    ...(inifile === undefined ? [] : ['-c', inifile]),
    ...(isGiven ? [] : paths.length > 0 ? paths : [root]),
  ];
}
