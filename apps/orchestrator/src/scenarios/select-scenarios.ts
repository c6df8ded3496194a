import { matchesGlob } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { AnyScenario } from '@seaworthy/scenario';
import { choose, didYouMean } from '../options/choose.ts';
import { groupOf } from './load-scenarios.ts';

export interface SelectionOptions {
  /** Ids, or globs over ids; none means all. */
  readonly patterns: readonly string[];
  readonly groups: readonly string[];
  readonly tags: readonly string[];
}

/**
 * The scenarios that match a pattern, are in one of the groups and carry one of the tags (each where any is given), in the
 * order of the catalogue. Disabled ones are chosen only by their full id.
 *
 * @throws UsageError for an id, group or tag that does not exist. A glob may match nothing.
 */
export function selectScenarios(
  scenarios: readonly AnyScenario[],
  { patterns, groups, tags }: SelectionOptions,
  isDisabled: (id: string) => boolean = () => false,
): readonly AnyScenario[] {
  const ids = scenarios.map(({ id }) => id);
  for (const pattern of patterns) if (!isGlob(pattern)) checkScenarioId(pattern, ids);
  const allGroups = [...new Set(ids.map(groupOf))];
  const allTags = [...new Set(scenarios.flatMap((scenario) => scenario.tags))].sort();
  for (const group of groups) choose('group', group, allGroups);
  for (const tag of tags) choose('tag', tag, allTags);
  return scenarios.filter(({ id, tags: own }) => {
    const named = patterns.includes(id);
    if (isDisabled(id) && !named) return false;
    if (patterns.length > 0 && !named && !patterns.some((glob) => isGlob(glob) && matchesGlob(id, glob)))
      return false;
    if (groups.length > 0 && !groups.includes(groupOf(id))) return false;
    return tags.length === 0 || tags.some((tag) => own.includes(tag));
  });
}

/**
 * @param where what the name stands in, for the message.
 * @throws UsageError `UNKNOWN_SCENARIO`
 */
export function checkScenarioId(id: string, ids: readonly string[], where = ''): void {
  if (ids.includes(id)) return;
  const group = ids.some((known) => groupOf(known) === id);
  const hint = group ? ` It is a group: use "${id}/*" or --group ${id}.` : didYouMean(id, ids);
  throw new UsageError(
    'UNKNOWN_SCENARIO',
    `${where}Unknown scenario ${JSON.stringify(id)}.${hint} seaworthy list shows all.`,
  );
}

function isGlob(pattern: string): boolean {
  return /[*?[\]{}!]/.test(pattern);
}
