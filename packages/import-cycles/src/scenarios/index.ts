export { importFindings } from './import-findings.ts';
export { importScenarios } from './import-scenarios.ts';
export type { ImportScenarioSettings } from './project/project-settings.ts';
