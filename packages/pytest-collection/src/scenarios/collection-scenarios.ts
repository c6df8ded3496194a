import type { AnyScenario } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from './collection-settings.ts';

/** The scenarios of the group `collection`, and `memory/collection-leak`, in the order in which they are listed. */
export function collectionScenarios(_settings: CollectionScenarioSettings = {}): AnyScenario[] {
  return [];
}
