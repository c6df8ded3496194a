import { EnvironmentMissing } from '../environment-missing.ts';
import type { Missing } from '../environment.ts';

/** Errors of a container engine, by name: the package that throws them builds on this one. */
const OF_THE_ENGINE: ReadonlySet<string> = new Set(['EngineError', 'EngineUnavailable', 'EngineSilent']);

/**
 * The error of a container engine that stands behind another one, or is it: an engine that refuses, or does not answer any
 * more, is nobody's defect.
 */
export function engineErrorIn(error: unknown): Error | undefined {
  return withCauses(error).find(({ name }) => OF_THE_ENGINE.has(name));
}

/** What got lost, or was not to be had, while a scenario ran; `undefined` for an error that says nothing of the kind. */
export function lostEnvironment(error: unknown): Missing | undefined {
  if (error instanceof EnvironmentMissing) return error.missing;
  const found = engineErrorIn(error);
  if (found === undefined) return undefined;
  return {
    what: `a container engine that does what it is asked: ${found.message}`,
    how: 'See to it that it answers (seaworthy doctor tells more), and run the scenario again',
  };
}

/** With what was suppressed: an engine that is gone also keeps its containers from being removed. */
function* withCauses(error: unknown, depth = 0): Generator<Error> {
  if (!(error instanceof Error) || depth > 8) return;
  yield error;
  yield* withCauses(error.cause, depth + 1);
  if (error instanceof SuppressedError) {
    // What came first explains what came of it.
    yield* withCauses(error.suppressed, depth + 1);
    yield* withCauses(error.error, depth + 1);
  }
  // Beside an engine that is lost, nothing else may have gone wrong.
  if (error instanceof AggregateError && error.errors.every((inner) => engineErrorIn(inner) !== undefined))
    for (const inner of error.errors) yield* withCauses(inner, depth + 1);
}
