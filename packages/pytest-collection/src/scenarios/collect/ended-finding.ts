import type { Cause, Finding, Severity } from '@seaworthy/scenario';
import { counted, formatDuration, formatLimit } from '../../formats/quantity.ts';
import type { CollectionOutcome, KilledBy } from '../../model/collection-outcome.ts';
import type { CollectionError, Position } from '../../model/recording.ts';
import type { ThreadStack } from '../../model/thread-stack.ts';
import type { ObservedCollection } from './observed-collection.ts';

/** A collection that did not come to its end, or had errors. */
export type FailedOutcome = Exclude<CollectionOutcome, { readonly kind: 'finished' | 'nothing-collected' }>;

/** How it ended, in words. */
export interface EndInWords {
  readonly message: string;
  readonly evidence: readonly string[];
  readonly cause?: Cause;
}

const SHOWN_ERRORS = 5;
const SHOWN_FRAMES = 8;
/** Of a traceback: its end says what happened. */
const SHOWN_LINES = 8;

const CODES: Readonly<Record<FailedOutcome['kind'], string>> = {
  errors: 'COL005',
  'plugin-failure': 'COL005',
  'usage-error': 'COL005',
  'no-pytest': 'COL005',
  'timed-out': 'COL006',
  'killed-for-memory': 'COL007',
  crashed: 'COL007',
  vanished: 'COL007',
  'not-recorded': 'COL007',
  interrupted: 'COL007',
};

/** What a collection of a tree that did not come to its end, or had errors, is reported as; nothing where it finished. */
export function endedFinding(
  {
    outcome,
    errors,
    printed,
    leftBehind,
  }: Pick<ObservedCollection, 'outcome' | 'errors' | 'printed' | 'leftBehind'>,
  severity: Severity = 'error',
): Finding | undefined {
  if (outcome.kind === 'finished' || outcome.kind === 'nothing-collected') return undefined;
  const { message, evidence, cause } = describeEnd(outcome, errors);
  const last = printed.trimEnd().split('\n').at(-1) ?? '';
  const all = [
    ...evidence,
    ...(last === '' ? [] : [`last printed: ${last}`]),
    ...(leftBehind.length === 0 ? [] : [`left behind: ${leftBehind.join(', ')}`]),
  ];
  return {
    code: CODES[outcome.kind],
    severity,
    message,
    ...(all.length === 0 ? {} : { evidence: all }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** @param errors how many there were, of which the outcome may hold fewer */
export function describeEnd(outcome: FailedOutcome, errors: number): EndInWords {
  switch (outcome.kind) {
    case 'errors':
      return {
        message: `${counted(errors, 'file')} could not be collected: ${describeError(outcome.errors[0])}`,
        evidence: outcome.errors.slice(0, SHOWN_ERRORS).map(describeError),
      };
    case 'plugin-failure':
      return {
        message: `A plugin or conftest failed: ${outcome.message}`,
        evidence: outcome.traceback?.trimEnd().split('\n').slice(-SHOWN_LINES) ?? [],
        ...(outcome.path === undefined
          ? {}
          : { cause: { text: `it was raised in ${outcome.path}`, certainty: 'likely' } }),
      };
    case 'usage-error':
      return { message: `pytest refused to start: ${outcome.message}`, evidence: [] };
    case 'no-pytest':
      return { message: `pytest could not be started: ${outcome.message}`, evidence: [] };
    case 'timed-out':
      return {
        message: `Collection was not through after ${formatDuration(outcome.afterMs)}, ${whereAt(outcome.at)}, and was ended`,
        evidence: outcome.stacks.map(describeStack),
        ...(outcome.waitsFor === undefined
          ? {}
          : { cause: { text: `it waited for ${outcome.waitsFor}`, certainty: 'certain' } }),
      };
    case 'killed-for-memory':
      return {
        message:
          outcome.hit === 'child'
            ? `A child process of the collection was killed for memory ${KILLERS[outcome.by]}; pytest itself lived and was then ${whereAt(outcome.at)}`
            : `Collection was killed for memory ${KILLERS[outcome.by]}, ${whereAt(outcome.at)}`,
        evidence: [
          ...(outcome.limitBytes === undefined ? [] : [`the limit was ${formatLimit(outcome.limitBytes)}`]),
          ...(outcome.victim === undefined ? [] : [`killed: ${outcome.victim}`]),
        ],
      };
    case 'crashed':
      return {
        message: `Collection was ended by ${outcome.signal}, ${whereAt(outcome.at)}`,
        evidence: outcome.stacks.map(describeStack),
      };
    case 'vanished':
      return {
        message:
          outcome.pipe === undefined
            ? `Python ended with exit code ${outcome.exitCode} before pytest came to its end, ${whereAt(outcome.at)}`
            : `pytest did not come to its end, ${whereAt(outcome.at)}`,
        evidence: outcome.pipe === undefined ? [] : [`its output went through: ${outcome.pipe}`],
        ...vanishedCause(outcome),
      };
    case 'not-recorded':
      return {
        message: `The recording is incomplete, so nothing is known of how pytest ended, but for its exit code ${outcome.exitCode}`,
        evidence: [`last heard of ${whereAt(outcome.at)}`],
        cause: { text: `nothing more could be written: ${outcome.why}`, certainty: 'certain' },
      };
    case 'interrupted':
      return { message: `Collection was stopped by ${outcome.by}, ${whereAt(outcome.at)}`, evidence: [] };
  }
}

/** Who never came to pytest ended otherwise; and with a pipe, Python's own exit code is not known, so it may have been killed. */
function vanishedCause({ pipe, at }: Extract<FailedOutcome, { kind: 'vanished' }>): { cause?: Cause } {
  if (pipe !== undefined || at.phase === 'start-up') return {};
  return { cause: { text: 'something calls os._exit, or the like', certainty: 'likely' } };
}

const KILLERS: Readonly<Record<KilledBy, string>> = {
  'own-limit': 'by the limit that it ran under',
  'ancestor-limit': "by a limit around it, such as its container's",
  host: 'because the machine had none left',
  'address-space-limit': 'by the limit of its address space',
  guard: 'by the memory guard',
};

function describeError(error: CollectionError | undefined): string {
  if (error === undefined) return 'which ones is not known';
  const { path, nodeId, type, message, raisedIn, line } = error;
  const place = raisedIn === undefined ? '' : ` (${raisedIn}${line === undefined ? '' : `:${line}`})`;
  return `${path ?? nodeId}: ${type}: ${message.split('\n')[0]}${place}`;
}

/** `while it imported slow_start for tests/test_1.py`. */
function whereAt({ phase, path, importing }: Position): string {
  if (importing !== undefined)
    return `while it imported ${importing}${path === undefined ? '' : ` for ${path}`}`;
  return path === undefined ? `in phase ${phase}` : `at ${path}`;
}

/** Innermost frame first, as the evidence of a hang or crash. */
function describeStack({ thread, frames }: ThreadStack): string {
  const shown = frames.slice(0, SHOWN_FRAMES).map((frame) => `${frame.path}:${frame.line} ${frame.function}`);
  return `thread ${thread} stood at ${shown.join(' < ') || 'an unknown place'}`;
}
