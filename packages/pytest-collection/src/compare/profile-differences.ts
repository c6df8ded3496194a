import type { CollectionProfile } from '../model/collection-profile.ts';
import type { CollectionError } from '../model/recording.ts';
import type { TestDifference } from './test-difference.ts';

const EXAMPLES = 20;

/** In what two profiles are not of the same work; nothing where their figures can be compared. */
export function profileDifferences(before: CollectionProfile, after: CollectionProfile): TestDifference[] {
  const sides = [
    ['the profile before', before],
    ['the one after', after],
  ] as const;
  const unfinished = sides.filter(
    ([, { outcome }]) => !['finished', 'errors', 'nothing-collected'].includes(outcome.kind),
  );
  if (unfinished.length > 0) {
    return unfinished.map(([name, { outcome }]) =>
      difference('outcome', `The collection of ${name} did not come to its end: ${outcome.kind}`),
    );
  }
  const empty = sides.filter(([, { tests }]) => tests.found - tests.deselected === 0);
  const files = fileDifferences(before, after);
  const [left, right] = [before.tests, after.tests];
  const isSame =
    files.length === 0 &&
    left.found === right.found &&
    (left.hash === undefined || right.hash === undefined || left.hash === right.hash);
  return [
    ...empty.map(([name]) => difference('no-tests', `${capital(name)} collected no test at all`)),
    ...(isSame
      ? []
      : [
          difference(
            'tests',
            left.found === right.found
              ? `${left.found} tests before and after, but not the same ones, or in another order`
              : `${left.found} tests before, ${right.found} after`,
            files,
          ),
        ]),
    ...(left.deselected === right.deselected
      ? []
      : [difference('deselected', `${left.deselected} tests deselected before, ${right.deselected} after`)]),
    ...errorDifferences(before, after),
  ];
}

/** Files that came, went, or have another number of tests. */
function fileDifferences(before: CollectionProfile, after: CollectionProfile): string[] {
  const counts = ({ files }: CollectionProfile): Map<string, number> =>
    new Map(files.map(({ path, items }) => [path, items]));
  const [left, right] = [counts(before), counts(after)];
  const told = (count: number | undefined): string => (count === undefined ? 'none' : String(count));
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path))
    .sort()
    .map((path) => `${path}: ${told(left.get(path))} before, ${told(right.get(path))} after`);
}

function errorDifferences(before: CollectionProfile, after: CollectionProfile): TestDifference[] {
  const key = ({ nodeId, type }: CollectionError): string => `${nodeId}: ${type}`;
  const [left, right] = [new Set(before.errors.map(key)), new Set(after.errors.map(key))];
  const examples = [
    ...[...left].filter((error) => !right.has(error)).map((error) => `${error} (only before)`),
    ...[...right].filter((error) => !left.has(error)).map((error) => `${error} (only after)`),
  ];
  if (examples.length === 0) return [];
  const message = `Not the same files fail to be collected: ${left.size} errors before, ${right.size} after`;
  return [difference('errors', message, examples.sort())];
}

const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

function difference(
  kind: TestDifference['kind'],
  message: string,
  examples: readonly string[] = [],
): TestDifference {
  return { kind, message, examples: examples.slice(0, EXAMPLES) };
}
