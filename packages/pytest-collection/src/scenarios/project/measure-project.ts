import type { MeasureContext } from '@seaworthy/scenario';
import type { CollectionProfile, RunFigures } from '../../model/collection-profile.ts';
import { profileCollection } from '../../profile/profile-collection.ts';
import type { ProfileProgress } from '../../profile/profile-options.ts';
import { thinned } from '../collect/observe-run.ts';
import { plainData } from '../collect/plain-data.ts';
import { watchProcessor } from '../collect/processor-wait.ts';
import { ownFilesOf } from '../place/subject-place.ts';
import type { ObservedRun, ProjectObservation } from './project-observation.ts';
import type { ProjectPlan } from './project-plan.ts';
import { projectTarget } from './project-target.ts';

const KEPT = 20;
const CURVE_POINTS = 200;

/** Profiles the collection of the project's own suite. */
export async function measureProject(
  plan: ProjectPlan,
  context: MeasureContext,
): Promise<ProjectObservation> {
  const { target, runner: place } = await projectTarget(plan, context);
  const { workspace, signal } = context;
  const { runner, processes } = watchProcessor(place);
  const profile = await profileCollection(target, {
    workspace,
    signal,
    runner,
    timeoutMs: plan.timeoutMs,
    onProgress: tellSteps(context),
  });
  // The first process is the cold run, the second one the warm run.
  const [cold = null, warm = null] = processes.map(({ waitedForCpuMs }) => waitedForCpuMs);
  const image = ownFilesOf(context.environment);
  return observeProfile(profile, {
    ...(image === undefined ? {} : { image }),
    added: Object.keys(plan.added),
    waitedForCpuMs: { cold, warm },
  });
}

/** Each step once, however often it is told how far it is. */
function tellSteps(context: MeasureContext): (progress: ProfileProgress) => void {
  let last = '';
  return ({ text }) => {
    if (text !== last) context.progress(text);
    last = text;
  };
}

/** What is known besides a profile. */
export interface ProfileSurroundings {
  /** The image whose own files were collected. */
  readonly image?: NonNullable<ProjectObservation['image']>;
  /** Names of files of ours that were collected beside the project's own. */
  readonly added: readonly string[];
  readonly waitedForCpuMs: { readonly cold: number | null; readonly warm: number | null };
}

/** Reduces a profile to plain data of a bounded size. */
export function observeProfile(
  profile: CollectionProfile,
  { image, added, waitedForCpuMs }: ProfileSurroundings,
): ProjectObservation {
  const { outcome, tests, runs, errors } = profile;
  const observed: ProjectObservation = {
    python: profile.python.version,
    pytest: profile.pytest.version,
    command: profile.command,
    ...(image === undefined ? {} : { image }),
    outcome: outcome.kind === 'errors' ? { ...outcome, errors: outcome.errors.slice(0, KEPT) } : outcome,
    tests: { found: tests.found, deselected: tests.deselected, files: tests.files },
    runs: {
      ...(runs.cold === undefined ? {} : { cold: observeFigures(runs.cold, waitedForCpuMs.cold) }),
      ...(runs.warm === undefined ? {} : { warm: observeFigures(runs.warm, waitedForCpuMs.warm) }),
    },
    files: profile.files.slice(0, KEPT),
    conftests: profile.conftests.slice(0, KEPT),
    imports: profile.imports.slice(0, KEPT),
    plugins: profile.plugins.slice(0, KEPT).map(({ hooks: _, ...plugin }) => plugin),
    errorCount: errors.length,
    errors: errors.slice(0, KEPT),
    causes: profile.causes,
    ...(profile.smallestLimit === undefined ? {} : { smallestLimit: profile.smallestLimit }),
    ...(profile.workers === undefined ? {} : { workers: profile.workers }),
    added,
  };
  return plainData(observed, profile.root);
}

function observeFigures(
  { wallMs, cpuMs, peak, phases, pytestSaysMs, memory }: RunFigures,
  waitedForCpuMs: number | null,
): ObservedRun {
  return {
    wallMs,
    cpuMs,
    waitedForCpuMs,
    peak: { bytes: peak.bytes, source: peak.source },
    phases,
    ...(pytestSaysMs === undefined ? {} : { pytestSaysMs }),
    memory: thinned(memory, CURVE_POINTS),
  };
}
