import { UsageError, nearestName } from '@seaworthy/scenario';

/** One of some names that are allowed; for anything else a `UsageError` with all of them and the nearest. */
export function choose<const Name extends string>(
  what: string,
  given: string,
  allowed: readonly Name[],
): Name {
  const found = allowed.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(
    'UNKNOWN_NAME',
    `Unknown ${what} ${JSON.stringify(given)}.${didYouMean(given, allowed)} Known: ${allowed.join(', ')}.`,
  );
}

/** ` Did you mean "x"?`, or nothing where no name is near. */
export function didYouMean(given: string, candidates: Iterable<string>): string {
  const nearest = nearestName(given, candidates);
  return nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
}
