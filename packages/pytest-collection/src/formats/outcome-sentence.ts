import type { CollectionOutcome, KilledBy } from '../model/collection-outcome.ts';
import type { CollectionProfile } from '../model/collection-profile.ts';
import type { Position } from '../model/recording.ts';
import { shownPath } from './profile-facts.ts';
import { counted, formatDuration, formatLimit } from './quantity.ts';

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
  'timed-out': ({ afterMs, at, waitsFor }, { root }) => ({
    tone: 'bad',
    text: `Not finished after ${formatDuration(afterMs)}: it hung ${whereAt(at, root)}`,
    details: waitsFor === undefined ? [] : [`It waits for ${waitsFor}`],
  }),
  'killed-for-memory': ({ by, at, limitBytes, victim }, { root }) => ({
    tone: 'bad',
    text: `Killed for memory ${KILLERS[by](limitBytes)} ${whereAt(at, root)}`,
    details: victim === undefined ? [] : [`The process that was killed: ${victim}`],
  }),
  crashed: ({ signal, at }, { root }) => ({
    tone: 'bad',
    text: `Crashed by ${signal} ${whereAt(at, root)}`,
    details: [],
  }),
  vanished: ({ exitCode, at }, { root }) => ({
    tone: 'bad',
    text: `Python was ended with exit code ${exitCode} before pytest came to its end ${whereAt(at, root)}`,
    details: ['Something calls os._exit, or the like, while it is imported'],
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
    details: [message],
  }),
  'no-pytest': ({ message }) => ({ tone: 'bad', text: 'pytest could not be started', details: [message] }),
};

const KILLERS: Readonly<Record<KilledBy, (limitBytes?: number) => string>> = {
  'own-limit': (bytes) => `by the limit${ofBytes(bytes)} that it ran under`,
  'ancestor-limit': (bytes) => `by a limit${ofBytes(bytes)} around it, such as its container's`,
  host: () => 'because the machine had none left',
  'address-space-limit': (bytes) => `by the limit${ofBytes(bytes)} on its address space`,
  guard: (bytes) =>
    `by the memory guard${bytes === undefined ? '' : `, close to the limit${ofBytes(bytes)}`}`,
};

function ofBytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : ` of ${formatLimit(bytes)}`;
}

const DOING: Readonly<Record<Position['phase'], string>> = {
  'start-up': 'while Python started',
  import: 'while pytest was imported',
  configure: 'while pytest was configured',
  collect: 'while files were collected',
  modify: 'in the hooks on the collected tests',
  report: 'while the tests were listed',
  unconfigure: 'while pytest tore down',
  exit: 'while Python exited',
};

/** `while it imported pandas for tests/test_cart.py, 3.2 s after the start`. */
function whereAt({ phase, path, importing, atMs }: Position, root: string): string {
  const file = path === undefined ? undefined : shownPath(path, root);
  const doing =
    importing !== undefined
      ? `while it imported ${importing}${file === undefined ? '' : ` for ${file}`}`
      : file !== undefined
        ? `in ${file}`
        : DOING[phase];
  return `${doing}, ${formatDuration(atMs)} after the start`;
}
