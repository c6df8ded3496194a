import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { Position } from '../model/recording.ts';
import { computes, isHung, waitsForThreads } from '../outcome/is-hung.ts';
import { PHASE_HOOKS } from '../outcome/phase-hooks.ts';

type TimedOut = Extract<CollectionOutcome, { kind: 'timed-out' }>;

/** `it hung`, `it computed`; one that was slow all over was still at work. */
export function stateOf(outcome: TimedOut): string {
  if (!isHung(outcome)) return 'was still at work';
  return computes(outcome) ? 'was still computing' : 'hung';
}

export function waitDetails(outcome: TimedOut): string[] {
  if (waitsForThreads(outcome)) return ['It waits for threads that were started and never ended'];
  return outcome.waitsFor === undefined || computes(outcome) ? [] : [`It waits for ${outcome.waitsFor}`];
}

/** When whatever ended Python did so, as far as the phase tells. */
export function whenVanished({ phase, path, importing }: Position): string {
  if (path !== undefined || importing !== undefined) return 'while it is imported';
  const hooks = PHASE_HOOKS[phase];
  return hooks.length === 0
    ? `in phase ${phase}`
    : `in a hook of that phase, such as ${hooks.slice(0, 3).join(', ')}`;
}

/** The exit code is the pipe's: it tells of the pipe, and only that. */
export function pipeDetails(pipe: string, exitCode: number): string[] {
  if (exitCode === 127)
    return [`The pipe could not be started: \`${pipe}\` (exit code 127: no such command)`];
  return [
    `Its output went through \`${pipe}\`, which ended with exit code ${exitCode}: that is not pytest's`,
    'A pipe that ends before it has read everything breaks pytest; or something calls os._exit, or the like',
  ];
}
