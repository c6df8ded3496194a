import { formatDuration } from '../../formats/quantity.ts';
import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { ProfileCause } from '../../model/collection-profile.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import type { ThreadStack } from '../../model/thread-stack.ts';
import { computes, isHung } from '../../outcome/is-hung.ts';
import { projectPath } from '../parts/project-path.ts';
import type { CauseInput } from './cause-input.ts';
import { importDeadlock } from './import-deadlock.ts';
import { isForeign } from './import-path.ts';

type Frame = ThreadStack['frames'][number];
type TimedOut = Extract<CollectionOutcome, { kind: 'timed-out' }>;

/** In what a run stands still: the code of a module, or a function that pytest called. */
type Standing = { readonly in: 'module' } | { readonly in: 'function'; readonly name: string };

/**
 * Why a run did not end, where it stood still: nothing is said of one that was slow all over, nor of what Python waits for
 * at its exit, since the threads and processes that are left are told of anyway.
 */
export function hangs({ outcome }: CollectionRun, { profile, readSource }: CauseInput): ProfileCause[] {
  if (outcome.kind !== 'timed-out' || !isHung(outcome) || outcome.at.phase === 'exit') return [];
  const { root } = profile;
  const deadlock = importDeadlock(outcome, { root, readSource });
  if (deadlock !== undefined) return [deadlock];
  const own = (outcome.stacks[0]?.frames ?? []).filter(({ path }) => !isForeign(path, root));
  const standing = standingOf(outcome, own);
  return standing === undefined ? [] : [hang(outcome, own[0], standing, root)];
}

function standingOf({ at, stacks }: TimedOut, own: readonly Frame[]): Standing | undefined {
  if (own.some(({ function: name }) => name === '<module>')) return { in: 'module' };
  const outermost = own.at(-1);
  if (outermost !== undefined) return { in: 'function', name: outermost.function };
  // Nothing of the project runs: a hook of a plugin, or, without stacks, whatever was being imported.
  const hook = stacks[0]?.frames.find(
    ({ path, function: name }) =>
      name.startsWith('pytest_') && !/[/\\](?:_pytest|seaworthy_collect)[/\\]/.test(path),
  );
  if (hook !== undefined) return { in: 'function', name: hook.function };
  const executes = at.phase === 'configure' || at.phase === 'collect';
  return executes && (at.path ?? at.importing) !== undefined ? { in: 'module' } : undefined;
}

function hang(outcome: TimedOut, frame: Frame | undefined, standing: Standing, root: string): ProfileCause {
  const { afterMs, at, stacks, waitsFor } = outcome;
  const show = projectPath(root);
  const busy = computes(outcome);
  const path = at.path === undefined ? undefined : show(at.path);
  const place = frame && `${show(frame.path)}:${frame.line}`;
  const message = [
    `did not end within ${formatDuration(afterMs)}: `,
    busy ? 'it computes' : place === undefined ? `it stands still in phase ${at.phase}` : 'blocked',
    place === undefined ? '' : ` at ${place}`,
    standing.in === 'function' ? ` in ${standing.name}` : '',
    path === undefined ? '' : ` while ${path} was collected`,
    busy || waitsFor === undefined ? '' : `, waiting for ${waitsFor}`,
  ].join('');
  return {
    ...kindOf(standing, busy),
    message,
    certainty: place === undefined || busy ? 'likely' : 'certain',
    evidence: (stacks[0]?.frames ?? [])
      .slice(0, 8)
      .map(({ path: file, line, function: name }) => `${show(file)}:${line} in ${name}`),
    ...(frame !== undefined
      ? { location: { path: show(frame.path), line: frame.line } }
      : path !== undefined && { location: { path } }),
  };
}

function kindOf(standing: Standing, busy: boolean): Pick<ProfileCause, 'id' | 'fix'> {
  if (standing.in === 'function') {
    const { name } = standing;
    return {
      id: 'slow-hook',
      fix: busy
        ? `look for a loop in ${name} that has no end, or for work that grows faster than the number of tests`
        : `give what ${name} waits for a timeout, or do it in a fixture`,
    };
  }
  return busy
    ? {
        id: 'heavy-import',
        fix: 'look for a loop there that has no end; move what it computes at module level into fixtures or tests',
      }
    : {
        id: 'waits-at-import',
        fix: 'connect, wait or start programs in a fixture, with a timeout, not while the module is imported',
      };
}
