import type { Missing } from '../environment.ts';

/** Errors of a container engine, by name: the package that throws them builds on this one. */
const OF_THE_ENGINE: ReadonlySet<string> = new Set(['EngineError', 'EngineUnavailable']);

/**
 * What got lost while a scenario ran: an engine that refuses, or does not answer any more, is nobody's defect.
 *
 * @returns `undefined` for any other error.
 */
export function lostEnvironment(error: unknown): Missing | undefined {
  for (const inner of withCauses(error)) {
    if (!OF_THE_ENGINE.has(inner.name)) continue;
    return {
      what: `a container engine that does what it is asked: ${inner.message}`,
      how: 'See to it that it answers (seaworthy doctor tells more), and run the scenario again',
    };
  }
  return undefined;
}

/** With what was suppressed: an engine that is gone also keeps its containers from being removed. */
function* withCauses(error: unknown, depth = 0): Generator<Error> {
  if (!(error instanceof Error) || depth > 8) return;
  yield error;
  yield* withCauses(error.cause, depth + 1);
  if (error instanceof SuppressedError) {
    yield* withCauses(error.error, depth + 1);
    yield* withCauses(error.suppressed, depth + 1);
  }
  if (error instanceof AggregateError) for (const inner of error.errors) yield* withCauses(inner, depth + 1);
}
