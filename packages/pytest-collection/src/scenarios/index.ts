export { collectionFindings } from './collection-findings.ts';
export { collectionScenarios } from './collection-scenarios.ts';
export type { CollectionScenarioSettings } from './collection-settings.ts';
