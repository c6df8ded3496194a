import type { CollectionOutcome, KilledBy } from '../model/collection-outcome.ts';
import { shownPath } from './profile-facts.ts';
import { formatLimit } from './quantity.ts';
import { DOING, whereAt } from './where-at.ts';

type KilledForMemory = Extract<CollectionOutcome, { kind: 'killed-for-memory' }>;

const KILLERS: Readonly<Record<KilledBy, (limitBytes?: number) => string>> = {
  'own-limit': (bytes) => `by the limit${ofBytes(bytes)} that it ran under`,
  'ancestor-limit': (bytes) => `by a limit${ofBytes(bytes)} around it, such as its container's`,
  host: () => 'because the machine had none left',
  'address-space-limit': (bytes) => `by the limit${ofBytes(bytes)} on its address space`,
  guard: (bytes) =>
    `by the memory guard${bytes === undefined ? '' : `, close to the limit${ofBytes(bytes)}`}`,
};

const ENDED: Readonly<Partial<Record<KilledBy, string>>> = {
  'address-space-limit': 'Out of memory',
  guard: 'Ended for its memory',
};

/** What was killed for memory, by whom, and where. */
export function killSentence({ by, at, limitBytes, hit, raisedAt }: KilledForMemory, root: string): string {
  const what = hit === 'child' ? 'A child process was killed for memory' : (ENDED[by] ?? 'Killed for memory');
  // The place of a child's end is not known better than that.
  const where = hit === 'child' && at.path === undefined ? DOING[at.phase] : whereAt(at, root);
  const line =
    raisedAt === undefined
      ? ''
      : `at ${shownPath(raisedAt.path, root)}${raisedAt.line === undefined ? '' : `:${raisedAt.line}`} `;
  return `${what} ${KILLERS[by](limitBytes)} ${line}${where}`;
}

export function killDetails({ victim, hit, said = [], advice }: KilledForMemory): string[] {
  return [
    ...(victim === undefined ? [] : [`The process that was killed: ${victim}`]),
    ...(hit === undefined ? [] : ['pytest itself survived and came to its end']),
    ...said,
    ...(advice === undefined ? [] : [`It advises: ${advice}`]),
  ];
}

function ofBytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : ` of ${formatLimit(bytes)}`;
}
