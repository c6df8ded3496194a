import type { CollectionOutcome, KilledBy } from '../../model/collection-outcome.ts';
import { PHASE_NAMES } from '../../model/phase-names.ts';
import type { CollectionError, PhaseName, Position } from '../../model/recording.ts';
import type { ThreadStack } from '../../model/thread-stack.ts';
import { choice, figure, kinds, list, maybe, record, type Shape, text } from './shape.ts';

export const phaseName: Shape<PhaseName> = choice(...PHASE_NAMES);

export const collectionError: Shape<CollectionError> = record<CollectionError>({
  nodeId: text,
  path: maybe(text),
  line: maybe(figure),
  raisedIn: maybe(text),
  type: text,
  message: text,
  traceback: text,
});

const position: Shape<Position> = record<Position>({
  phase: phaseName,
  path: maybe(text),
  nodeId: maybe(text),
  importing: maybe(text),
  atMs: figure,
});

const stacks: Shape<readonly ThreadStack[]> = list(
  record<ThreadStack>({
    thread: text,
    frames: list(record<ThreadStack['frames'][number]>({ path: text, line: figure, function: text })),
  }),
);

const killedBy: Shape<KilledBy> = choice(
  'own-limit',
  'ancestor-limit',
  'host',
  'address-space-limit',
  'guard',
);

type Outcome<Kind extends CollectionOutcome['kind']> = Extract<CollectionOutcome, { kind: Kind }>;

const SHAPES: { readonly [Kind in CollectionOutcome['kind']]: Shape<Outcome<Kind>> } = {
  finished: record<Outcome<'finished'>>({ kind: choice('finished') }),
  errors: record<Outcome<'errors'>>({ kind: choice('errors'), errors: list(collectionError) }),
  'nothing-collected': record<Outcome<'nothing-collected'>>({
    kind: choice('nothing-collected'),
    deselected: figure,
  }),
  interrupted: record<Outcome<'interrupted'>>({ kind: choice('interrupted'), by: text, at: position }),
  'timed-out': record<Outcome<'timed-out'>>({
    kind: choice('timed-out'),
    afterMs: figure,
    at: position,
    stacks,
    waitsFor: maybe(text),
  }),
  'killed-for-memory': record<Outcome<'killed-for-memory'>>({
    kind: choice('killed-for-memory'),
    by: killedBy,
    at: position,
    limitBytes: maybe(figure),
    victim: maybe(text),
    hit: maybe(choice('child')),
    raisedAt: maybe(
      record<NonNullable<Outcome<'killed-for-memory'>['raisedAt']>>({ path: text, line: maybe(figure) }),
    ),
    said: maybe(list(text)),
    advice: maybe(text),
  }),
  crashed: record<Outcome<'crashed'>>({ kind: choice('crashed'), signal: text, at: position, stacks }),
  vanished: record<Outcome<'vanished'>>({
    kind: choice('vanished'),
    exitCode: figure,
    at: position,
    pipe: maybe(text),
  }),
  'not-recorded': record<Outcome<'not-recorded'>>({
    kind: choice('not-recorded'),
    exitCode: figure,
    at: position,
    why: text,
  }),
  'usage-error': record<Outcome<'usage-error'>>({ kind: choice('usage-error'), message: text }),
  'plugin-failure': record<Outcome<'plugin-failure'>>({
    kind: choice('plugin-failure'),
    message: text,
    traceback: maybe(text),
    path: maybe(text),
  }),
  'no-pytest': record<Outcome<'no-pytest'>>({ kind: choice('no-pytest'), message: text }),
};

export const outcomeShape: Shape<CollectionOutcome> = kinds<CollectionOutcome>(SHAPES);

export const outcomeKind: Shape<CollectionOutcome['kind']> = choice(
  ...(Object.keys(SHAPES) as CollectionOutcome['kind'][]),
);
