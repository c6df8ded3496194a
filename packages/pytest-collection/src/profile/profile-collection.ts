import { openScope, openWorkspace, UsageError, type Workspace } from '@seaworthy/scenario';
import { largestWorkerCount } from '../limit-search/largest-worker-count.ts';
import { findSmallestLimit } from '../limit-search/find-smallest-limit.ts';
import type {
  CollectionProfile,
  PluginCost,
  SmallestLimit,
  WorkerEstimate,
} from '../model/collection-profile.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import { askVersion } from './ask-version.ts';
import { assembleProfile } from './assemble-profile.ts';
import { detailRun, type ProfileRuns } from './causes/cause-input.ts';
import { slowEnd } from './causes/end-of-session-gc.ts';
import { chooseTrials } from './choose-trials.ts';
import { findCauses } from './find-causes.ts';
import { lookElsewhere } from './elsewhere/look-elsewhere.ts';
import { type MachineFacts, readMachineFacts } from './machine-facts.ts';
import type { ProfileOptions } from './profile-options.ts';
import { cameToItsEnd, profileRuns, sharedOptions } from './profile-runs.ts';
import type { ProjectFacts } from './project-facts.ts';
import { collectedPaths, readProjectFacts } from './project/read-project-facts.ts';
import { type ReadSource, sourceReader } from './source/read-source.ts';
import { verifyPlugins } from './verify-plugins.ts';

const MOST_PLUGINS = 3;
const PAIRS = 6;
/** Where a run takes longer than this, fewer pairs must do. */
const LONG_MS = 20_000;
const PAIRS_OF_LONG = 3;

/**
 * Where the time and the memory of a project's own collection go, and what to change: collects it without bytecode, with
 * it, and once more for the price of hooks; then, where asked, without its dearest plugins and under memory limits.
 * Nothing is written into the project. A collection that fails has a profile too, of what is known.
 *
 * @throws UsageError where the interpreter or the folder is not there
 * @throws the reason of `options.signal` when it fires
 */
export async function profileCollection(
  target: CollectionTarget,
  options: ProfileOptions = {},
): Promise<CollectionProfile> {
  options.signal?.throwIfAborted();
  await using own = options.workspace === undefined ? await openWorkspace() : undefined;
  await using workspace = await openScope((options.workspace ?? own) as Workspace, 'profile');
  const takenAt = (options.now ?? (() => new Date()))();
  const bytecode = await workspace.makeFolder('bytecode');

  const runs = await profileRuns(target, bytecode, workspace, options);
  const pathHere = options.runner?.elsewhere?.pathHere;
  const { readSource, ...facts } = await gatherFacts(target, runs, {
    ...options,
    workspace,
    readSource: sourceReader(pathHere),
  });
  const assembled = assembleProfile(target, runs, readSource, takenAt);
  const parts = { ...assembled, pytest: await askVersion(assembled, target, options) };
  const input = { runs, readSource, ...facts };
  const { plugins, ...rest } = parts;
  const verified = await withProofs(plugins, target, { runs, workspace, bytecode, options });
  const smallestLimit = await limitOf(target, runs, workspace, options);
  const workers = workersOf(runs, facts.machine, options);
  const profile = {
    ...rest,
    plugins: verified,
    ...(smallestLimit !== undefined && { smallestLimit }),
    ...(workers !== undefined && { workers }),
  };
  return { ...profile, causes: findCauses({ profile, ...input }) };
}

async function gatherFacts(
  target: CollectionTarget,
  runs: ProfileRuns,
  options: ProfileOptions & { readonly workspace: Workspace; readonly readSource: ReadSource },
): Promise<GatheredFacts> {
  const { onProgress, machine, runner, signal, workspace, readSource } = options;
  const recording = detailRun(runs)?.recording;
  if (recording === undefined) return { readSource };
  const told = machine === undefined || machine === 'unknown' ? {} : { machine };
  const { root } = target;
  const python = recording.python?.executable ?? target.python;
  onProgress?.({ step: 'facts', text: 'looking at the machine and the folders' });
  if (runner?.elsewhere !== undefined) {
    // What this process sees says nothing of the inside of a container.
    const place = { recording, root, python, workspace, ...(signal && { signal }) };
    const seen = await lookElsewhere(runner.elsewhere, place);
    if (seen === undefined) return { readSource, ...told };
    const read: ReadSource = (path) => readSource(path) ?? seen.readSource(path);
    const project = readProjectFacts(recording, root, read, seen.files);
    return { readSource: read, project, ...(machine === undefined ? { machine: seen.machine } : told) };
  }
  const project = readProjectFacts(recording, root, readSource);
  if (machine !== undefined) return { readSource, project, ...told };
  const read = await readMachineFacts({
    root,
    python,
    files: collectedPaths(recording),
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  return { readSource, project, machine: read };
}

interface GatheredFacts {
  readonly machine?: MachineFacts;
  readonly project?: ProjectFacts;
  readonly readSource: ReadSource;
}

interface ProofPlace {
  readonly runs: ProfileRuns;
  readonly workspace: Workspace;
  readonly bytecode: string;
  readonly options: ProfileOptions;
}

async function withProofs(
  plugins: readonly PluginCost[],
  target: CollectionTarget,
  { runs, workspace, bytecode, options }: ProofPlace,
): Promise<readonly PluginCost[]> {
  const { verifyPlugins: asked = false } = options;
  const run = runs.warm;
  if (asked === false || run === undefined || !cameToItsEnd(run)) return plugins;
  const { most = MOST_PLUGINS, pairs = run.wallMs > LONG_MS ? PAIRS_OF_LONG : PAIRS } =
    asked === true ? {} : asked;
  const trials = chooseTrials(plugins, most, slowEnd(run) !== undefined);
  if (trials.length === 0) return plugins;
  const found = await verifyPlugins(target, trials, { workspace, bytecode, pairs }, options);
  return plugins.map((plugin) => {
    const without = found.get(plugin.name);
    return without === undefined ? plugin : { ...plugin, without };
  });
}

async function limitOf(
  target: CollectionTarget,
  { warm, cold }: ProfileRuns,
  workspace: Workspace,
  options: ProfileOptions,
): Promise<SmallestLimit | undefined> {
  const unlimited = [cold, warm].find(
    (run) => run !== undefined && run.limit === undefined && mayBeLimited(run),
  );
  if (options.smallestLimit !== true || unlimited === undefined) return undefined;
  options.onProgress?.({ step: 'limit', text: 'looking for the smallest memory limit' });
  try {
    const { runner: _, ...shared } = sharedOptions(options);
    return await findSmallestLimit(target, {
      ...shared,
      workspace,
      unlimited,
      onProgress: (trials) =>
        options.onProgress?.({
          step: 'limit',
          text: 'looking for the smallest memory limit',
          done: trials.length,
        }),
    });
  } catch (error) {
    // No limit can be set here, or none passes: the rest of the profile is worth having all the same.
    if (!(error instanceof UsageError)) throw error;
    options.onProgress?.({ step: 'limit', text: error.message });
    return undefined;
  }
}

const mayBeLimited = ({ outcome }: CollectionRun): boolean =>
  outcome.kind === 'finished' || outcome.kind === 'errors';

/** The largest `-n` under the limit that was given, else under that of the control group, else in the machine's memory. */
function workersOf(
  runs: ProfileRuns,
  machine: MachineFacts | undefined,
  { limitBytes }: ProfileOptions,
): WorkerEstimate | undefined {
  const run = detailRun(runs);
  if (run === undefined || run.peak.bytes <= 0 || !cameToItsEnd(run)) return undefined;
  const [limit, origin] =
    limitBytes !== undefined
      ? [limitBytes, '--limit']
      : machine?.memory.limitBytes !== undefined && machine.memory.limitBytes < machine.memory.totalBytes
        ? [machine.memory.limitBytes, 'cgroup']
        : [machine?.memory.totalBytes, 'machine'];
  if (limit === undefined) return undefined;
  const begin = run.recording.phases.find(({ name }) => name === 'collect')?.atMs ?? 0;
  const before = run.recording.memory.findLast(({ atMs }) => atMs <= begin);
  const { visible, quota } = machine?.cpus ?? { visible: 1 };
  return largestWorkerCount({
    perWorkerBytes: run.peak.bytes,
    controllerBytes: before?.bytes ?? 0,
    limitBytes: limit,
    cpus: quota === undefined ? visible : Math.min(visible, Math.max(1, Math.ceil(quota))),
    origin,
  });
}
