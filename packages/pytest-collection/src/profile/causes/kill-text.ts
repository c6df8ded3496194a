import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { Position } from '../../model/recording.ts';
import { projectPath } from '../parts/project-path.ts';

export type KilledForMemory = Extract<CollectionOutcome, { kind: 'killed-for-memory' }>;

const DURING: Readonly<Record<Position['phase'], string>> = {
  'start-up': 'in phase start-up',
  import: 'while pytest was imported',
  configure: 'in phase configure',
  collect: 'while tests were collected',
  modify: 'in phase modify (the hook pytest_collection_modifyitems)',
  report: 'in phase report',
  unconfigure: 'in phase unconfigure',
  exit: 'in phase exit',
};

/** Where it happened: `while tests/test_a.py was collected`, `at tests/test_a.py:4`. */
export function placeOfKill({ at, raisedAt }: KilledForMemory, root: string): string {
  const show = projectPath(root);
  const during = at.path === undefined ? DURING[at.phase] : `while ${show(at.path)} was collected`;
  if (raisedAt === undefined) return during;
  return `at ${show(raisedAt.path)}${raisedAt.line === undefined ? '' : `:${raisedAt.line}`} ${during}`;
}
