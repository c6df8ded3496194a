import type { Workspace } from '@seaworthy/scenario';
import { collectOnce } from '../collect-once.ts';
import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import type { ProfileRuns } from './causes/cause-input.ts';
import type { ProfileOptions, ProfileProgress } from './profile-options.ts';

/** Above this, a run for the hooks alone is not worth its time: the warm run records them too, for about 4 % more. */
const LONG_MS = 60_000;

/** A run that ended so would end so again, or says nothing of the time. */
const FUTILE: ReadonlySet<CollectionOutcome['kind']> = new Set([
  'interrupted',
  'timed-out',
  'killed-for-memory',
  'crashed',
  'vanished',
  'not-recorded',
  'usage-error',
  'plugin-failure',
  'no-pytest',
]);

/** Whether a run came to an end from which something can be concluded of the next one. */
export function cameToItsEnd({ outcome }: Pick<CollectionRun, 'outcome'>): boolean {
  return !FUTILE.has(outcome.kind);
}

/**
 * One cold run, one warm, and a warm one that records hooks; only those that make sense.
 *
 * @param bytecode an empty folder for the bytecode of the project
 */
export async function profileRuns(
  target: CollectionTarget,
  bytecode: string,
  workspace: Workspace,
  options: ProfileOptions,
): Promise<ProfileRuns> {
  const collect = (step: ProfileProgress['step'], text: string, detail: 'files' | 'hooks') => {
    options.onProgress?.({ step, text });
    return collectOnce(target, {
      workspace,
      detail,
      bytecode: { kind: 'private', folder: bytecode },
      ...sharedOptions(options),
      ...(options.onProgress !== undefined && {
        onProgress: (run) => options.onProgress?.({ step, text, run }),
      }),
    });
  };
  const cold = await collect('cold', 'collecting without bytecode', 'files');
  if (!cameToItsEnd(cold)) return { cold };
  if (cold.wallMs > LONG_MS) {
    const warm = await collect('warm', 'collecting again, with bytecode', 'hooks');
    return { cold, warm, hooks: warm };
  }
  const warm = await collect('warm', 'collecting again, with bytecode', 'files');
  if (!cameToItsEnd(warm)) return { cold, warm };
  return {
    cold,
    warm,
    hooks: await collect('hooks', 'collecting once more, for the price of hooks', 'hooks'),
  };
}

/** What every run of a profile is given. */
export function sharedOptions({
  runner,
  signal,
  timeoutMs,
}: ProfileOptions): Pick<ProfileOptions, 'runner' | 'signal' | 'timeoutMs'> {
  return {
    ...(runner !== undefined && { runner }),
    ...(signal !== undefined && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}
