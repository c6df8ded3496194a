import { relative, sep } from 'node:path';
import type { CollectionError, ItemCounts } from '../model/recording.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { TestDifference } from './test-difference.ts';

/** What one run collected, under the name of its side. */
export interface CollectedBy {
  readonly name: string;
  /** Folder that paths are told relative to. */
  readonly root: string;
  readonly run: CollectionRun;
}

const EXAMPLES = 20;

/** In what two runs did not do the same work; nothing where a ratio of their figures means something. */
export function differencesOf(a: CollectedBy, b: CollectedBy): TestDifference[] {
  const bad = [a, b].filter((side) => !hasCollected(side.run));
  if (bad.length > 0) return bad.map(endedBadly);
  const [left, right] = [a.run.recording.items, b.run.recording.items];
  if (left === undefined || right === undefined) return [a, b].filter(hasNoCounts).map(endedBadly);
  const empty = [a, b].filter(({ run }) => selected(run.recording.items) === 0);
  return [
    ...empty.map(({ name }) => difference('no-tests', `${name} collected no test at all`)),
    ...testDifferences({ ...a, items: left }, { ...b, items: right }),
    ...(left.deselected === right.deselected
      ? []
      : [
          difference(
            'deselected',
            `${a.name} deselects ${left.deselected} tests, ${b.name} ${right.deselected}`,
          ),
        ]),
    ...errorDifferences(a, b),
  ];
}

/** Runs that came to their end: errors in some files are none of this function's business. */
function hasCollected({ outcome }: CollectionRun): boolean {
  return outcome.kind === 'finished' || outcome.kind === 'errors' || outcome.kind === 'nothing-collected';
}

const hasNoCounts = ({ run }: CollectedBy): boolean => run.recording.items === undefined;

const selected = (items: ItemCounts | undefined): number =>
  items === undefined ? 0 : items.found - items.deselected;

function endedBadly({ name, run }: CollectedBy): TestDifference {
  const how = run.outcome.kind === 'finished' ? 'told nothing of its tests' : run.outcome.kind;
  return difference('outcome', `The collection of ${name} did not come to its end: ${how}`);
}

type Counted = CollectedBy & { readonly items: ItemCounts };

function testDifferences(a: Counted, b: Counted): TestDifference[] {
  if (a.items.sortedHash === b.items.sortedHash) return [];
  const [left, right] = [selected(a.items), selected(b.items)];
  const counts = left === right ? `${left} tests each, but not the same ones` : `${left} and ${right} tests`;
  return [difference('tests', `${a.name} and ${b.name} collect ${counts}`, filesThatDiffer(a, b))];
}

/** Files whose number of tests is not the same, with both numbers. */
function filesThatDiffer(a: Counted, b: Counted): string[] {
  const byPath = ({ root, items }: Counted): Map<string, number> =>
    new Map(
      items.files.map((file) => [
        relative(root, file.path).split(sep).join('/'),
        file.found - file.deselected,
      ]),
    );
  const [left, right] = [byPath(a), byPath(b)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => (left.get(path) ?? 0) !== (right.get(path) ?? 0))
    .sort()
    .map((path) => `${path}: ${left.get(path) ?? 0} and ${right.get(path) ?? 0}`);
}

function errorDifferences(a: CollectedBy, b: CollectedBy): TestDifference[] {
  const key = ({ nodeId, type }: CollectionError): string => `${nodeId}: ${type}`;
  const keys = ({ run }: CollectedBy): Set<string> => new Set(run.recording.errors.map(key));
  const [left, right] = [keys(a), keys(b)];
  const examples = [
    ...[...left].filter((error) => !right.has(error)).map((error) => `${error} (only ${a.name})`),
    ...[...right].filter((error) => !left.has(error)).map((error) => `${error} (only ${b.name})`),
  ];
  if (examples.length === 0) return [];
  const message = `Not the same files fail to be collected: ${left.size} errors in ${a.name}, ${right.size} in ${b.name}`;
  return [difference('errors', message, examples.sort())];
}

function difference(
  kind: TestDifference['kind'],
  message: string,
  examples: readonly string[] = [],
): TestDifference {
  return { kind, message, examples: examples.slice(0, EXAMPLES) };
}
