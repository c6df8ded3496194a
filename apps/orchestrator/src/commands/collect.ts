import { resolve } from 'node:path';
import { compareCollections, compareProfiles, profileCollection } from '@seaworthy/pytest-collection';
import type { CollectionProfile } from '@seaworthy/pytest-collection';
import { UsageError } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import type { CollectFormat } from '../collect/collect-formats.ts';
import { CollectProgress } from '../collect/collect-progress.ts';
import { collectedFolder } from '../collect/collected-folder.ts';
import { comparedWith } from '../collect/compared-with.ts';
import type { ComparedWith } from '../collect/compared-with.ts';
import { exitCodeOfComparison, exitCodeOfOutcome } from '../collect/exit-code-of.ts';
import { demandOutput } from '../collect/demand-output.ts';
import { openCollection } from '../collect/open-collection.ts';
import type { OpenCollection } from '../collect/open-collection.ts';
import { openImageCollection } from '../collect/open-image-collection.ts';
import type { ImageRequest } from '../collect/open-image-collection.ts';
import { exportRevision } from '../collect/revision/export-revision.ts';
import type { Revision } from '../collect/revision/export-revision.ts';
import { importPaths } from '../collect/revision/import-path.ts';
import { writeComparison, writeProfile } from '../collect/write-collection.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { EXIT, worstExitCode } from '../exit-code.ts';
import { duration } from '../options/numbers.ts';
import type { Surroundings } from '../surroundings.ts';
import { openToolWorkspace } from '../workspace/open-tool-workspace.ts';

export interface CollectCommandOptions {
  /** Folder to start pytest in. */
  readonly path: string | undefined;
  readonly format: CollectFormat;
  readonly output: string | undefined;
  /** A revision, or a file with a saved profile. */
  readonly compare: string | undefined;
  /** Bytes. */
  readonly limit: number | undefined;
  readonly smallestLimit: boolean;
  readonly python: string | undefined;
  /** In whose containers it is collected; absent: on this machine. */
  readonly image: ImageRequest | undefined;
  readonly config: string | undefined;
  /** Of each run, ms. */
  readonly timeout: number | undefined;
  /** Of a comparison with a revision, ms. */
  readonly budget: number | undefined;
  readonly states: readonly ('cold' | 'warm')[] | undefined;
  readonly verify: boolean;
  readonly exitZero: boolean;
  readonly color: boolean | undefined;
  /** For pytest; `undefined` leaves it to the configuration. */
  readonly args: readonly string[] | undefined;
}

/** Where the time and memory of a project's own collection go. Exit code 1 where it does not come to its end, or got worse. */
export async function collect(options: CollectCommandOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stderr } = surroundings;
  const root = await collectedFolder(cwd, options.path);
  const configuration = await loadConfiguration(root, cwd, options.config);
  const { timeout } = configuration.values.collection ?? {};
  const timeoutMs =
    options.timeout ?? (timeout === undefined ? undefined : duration('collection.timeout', timeout));
  if (options.output !== undefined) await demandOutput(resolve(cwd, options.output));
  await using workspace = await openToolWorkspace(surroundings);
  const asking = { workspace, env, signal: surroundings.interruption() };
  const other =
    options.compare === undefined ? undefined : await comparedWith(options.compare, { root, cwd, asking });
  if (options.image !== undefined && other?.kind === 'revision') {
    throw new UsageError(
      'MEANINGLESS_OPTION',
      `An image holds one state of the project: compare two images by a profile that --format json saved, instead of with the revision ${other.revision.name}.`,
    );
  }
  const request = { root, configuration, python: options.python, args: options.args, limit: options.limit };
  const collection =
    options.image === undefined
      ? await openCollection(request, workspace, surroundings)
      : await openImageCollection(options.image, request, workspace, surroundings);
  if ('missing' in collection) {
    stderr.write(`seaworthy: ${collection.missing}\n`);
    return EXIT.environment;
  }
  const run = { ...collection, workspace, options, timeoutMs, surroundings };
  const code =
    other?.kind === 'revision'
      ? await compareWithRevision(other.revision, run)
      : await profileProject(run, other);
  return options.exitZero && code === EXIT.failed ? EXIT.passed : code;
}

interface PreparedCollection extends OpenCollection {
  readonly workspace: Workspace;
  readonly options: CollectCommandOptions;
  readonly timeoutMs: number | undefined;
  readonly surroundings: Surroundings;
}

async function profileProject(
  run: PreparedCollection,
  other: (ComparedWith & { kind: 'profile' }) | undefined,
): Promise<number> {
  const { options, surroundings } = run;
  const profile = await profiled(run);
  const code = exitCodeOfOutcome(profile.outcome);
  if (other === undefined) {
    await writeProfile(profile, options, surroundings);
    return code;
  }
  const comparison = compareProfiles(other.profile, profile);
  await writeComparison(comparison, comparable(options), surroundings);
  // Single runs: what they say of times is told, not judged.
  return worstExitCode([code, comparison.kind === 'compared' ? EXIT.passed : EXIT.failed]);
}

async function profiled({
  target,
  runner,
  workspace,
  options,
  timeoutMs,
  surroundings,
}: PreparedCollection): Promise<CollectionProfile> {
  using progress = new CollectProgress(target.root, surroundings, 'starting pytest');
  let limitSearch = 'the collection did not come to its end';
  const profile = await profileCollection(target, {
    workspace,
    signal: surroundings.interruption(),
    onProgress: (step) => {
      progress.ofProfile(step);
      if (step.step === 'limit') limitSearch = step.text;
    },
    // Without a run to compare with there is nothing to prove; what is compared needs no proof.
    verifyPlugins: options.verify && options.compare === undefined,
    smallestLimit: options.smallestLimit,
    now: surroundings.now,
    ...(runner === undefined ? {} : { runner }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(options.limit === undefined ? {} : { limitBytes: options.limit }),
  });
  progress[Symbol.dispose]();
  if (options.smallestLimit && profile.smallestLimit === undefined)
    surroundings.stderr.write(`seaworthy: no smallest limit was found: ${limitSearch}.\n`);
  return profile;
}

async function compareWithRevision(revision: Revision, run: PreparedCollection): Promise<number> {
  const { target, runner, workspace, options, timeoutMs, surroundings } = run;
  const signal = surroundings.interruption();
  const asking = { workspace, env: surroundings.env, signal };
  const written = comparable(options);
  using progress = new CollectProgress(target.root, surroundings, `exporting ${revision.name}`);
  const exported = await exportRevision(target.root, revision, workspace, asking);
  const paths = await importPaths(target.python, exported, asking);
  const withPath = (path: string | undefined) => (path === undefined ? {} : { env: { PYTHONPATH: path } });
  const runOptions = {
    ...(runner === undefined ? {} : { runner }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  const comparison = await compareCollections(
    {
      name: revision.name,
      target: { ...target, root: exported.root, ...withPath(paths.revision) },
      options: runOptions,
    },
    { name: 'working tree', target: { ...target, ...withPath(paths.workingTree) }, options: runOptions },
    {
      workspace,
      signal,
      onProgress: (step) => progress.ofComparison(step),
      ...(options.states === undefined ? {} : { states: options.states }),
      ...(options.budget === undefined ? {} : { budgetMs: options.budget }),
    },
  );
  progress[Symbol.dispose]();
  await writeComparison(comparison, written, surroundings);
  return exitCodeOfComparison(comparison);
}

/** A comparison has no page of its own; the command line has refused to ask for one. */
function comparable(options: CollectCommandOptions): CollectCommandOptions & {
  readonly format: Exclude<CollectFormat, 'html'>;
} {
  const { format } = options;
  return { ...options, format: format === 'html' ? 'text' : format };
}
