export { exhaustionFindings } from './exhaustion-findings.ts';
export { exhaustionScenarios } from './exhaustion-scenarios.ts';
export type { ExhaustionSettings } from './exhaustion-settings.ts';
