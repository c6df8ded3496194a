import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { CollectionProfile } from '../model/collection-profile.ts';
import { isClosedDescriptor } from '../outcome/closed-descriptor.ts';
import { pipeDetails, stateOf, waitDetails, whenVanished } from './ending-details.ts';
import { killDetails, killSentence } from './kill-sentence.ts';
import { shownPath } from './profile-facts.ts';
import { counted, formatDuration } from './quantity.ts';
import { whereAt } from './where-at.ts';

export interface OutcomeSentence {
  /** `good`: all was collected; `poor`: not what the user wanted; `bad`: it broke. */
  readonly tone: 'good' | 'poor' | 'bad';
  readonly text: string;
  /** What else is known, a sentence each. */
  readonly details: readonly string[];
}

type Say<Kind extends CollectionOutcome['kind']> = (
  outcome: Extract<CollectionOutcome, { kind: Kind }>,
  profile: CollectionProfile,
) => OutcomeSentence;

/** How a collection ended, as a reader wants it told. Not yet {@link printable}. */
export function outcomeSentence(profile: CollectionProfile): OutcomeSentence {
  const say = SENTENCES[profile.outcome.kind] as Say<CollectionOutcome['kind']>;
  return say(profile.outcome as never, profile);
}

const SENTENCES: { readonly [Kind in CollectionOutcome['kind']]: Say<Kind> } = {
  finished: (_, { tests }) => ({
    tone: 'good',
    text: `${counted(tests.found - tests.deselected, 'test')} in ${counted(tests.files, 'file')}`,
    details: tests.deselected === 0 ? [] : [`${counted(tests.deselected, 'more test')} deselected`],
  }),
  errors: ({ errors }, { tests }) => {
    const one = errors.length === 1;
    return {
      tone: 'bad',
      text: `${counted(errors.length, 'file')} could not be collected`,
      details: [
        `${counted(tests.found - tests.deselected, 'test')} in the other files; pytest runs none of them while ${one ? 'this error stands' : 'these errors stand'}, unless told to continue`,
      ],
    };
  },
  'nothing-collected': ({ deselected }) => ({
    tone: 'poor',
    text: deselected === 0 ? 'No tests were found' : `No tests are left: all ${deselected} were deselected`,
    details: [],
  }),
  interrupted: ({ by, at }, { root }) => ({
    tone: 'poor',
    text: `Interrupted by ${by} ${whereAt(at, root)}`,
    details: [],
  }),
  'timed-out': (outcome, { root }) => ({
    tone: 'bad',
    text: `Not finished after ${formatDuration(outcome.afterMs)}: it ${stateOf(outcome)} ${whereAt(outcome.at, root)}`,
    details: waitDetails(outcome),
  }),
  'killed-for-memory': (outcome, { root }) => ({
    tone: 'bad',
    text: killSentence(outcome, root),
    details: killDetails(outcome),
  }),
  crashed: ({ signal, at }, { root }) => ({
    tone: 'bad',
    text: `Crashed by ${signal} ${whereAt(at, root)}`,
    details: [],
  }),
  vanished: ({ exitCode, at, pipe }, { root }) => ({
    tone: 'bad',
    text:
      pipe === undefined
        ? `Python was ended with exit code ${exitCode} before pytest came to its end ${whereAt(at, root)}`
        : `pytest did not come to its end: it was last heard of ${whereAt(at, root)}`,
    details:
      pipe === undefined
        ? [`Something calls os._exit, or the like, ${whenVanished(at)}`]
        : pipeDetails(pipe, exitCode),
  }),
  'not-recorded': ({ exitCode, at, why }, { root }) => ({
    tone: 'bad',
    text: `How pytest ended is not known: what it was last heard of is ${whereAt(at, root)}`,
    details: [`The recording could not be written to its end: ${why}`, `The exit code was ${exitCode}`],
  }),
  'usage-error': ({ message }) => ({
    tone: 'bad',
    text: 'pytest refused its arguments or settings',
    details: [message],
  }),
  'plugin-failure': ({ message, path }, { root }) => ({
    tone: 'bad',
    text: `A plugin or conftest failed${path === undefined ? '' : `: ${shownPath(path, root)}`}`,
    details: [message, ...(isClosedDescriptor(message) ? [CLOSED_DESCRIPTOR] : [])],
  }),
  'no-pytest': ({ message }) => ({ tone: 'bad', text: 'pytest could not be started', details: [message] }),
};

const CLOSED_DESCRIPTOR =
  'Descriptors were closed that pytest itself uses, while or after that file was executed (os.close, os.closerange)';
