export { exhaustionFindings } from './exhaustion-findings.ts';
export { exhaustionScenarios } from './exhaustion-scenarios.ts';
export { victimLimits } from './sandbox/victim-limits.ts';
export type { VictimLimits } from './sandbox/victim-limits.ts';
export type { ExhaustionSettings } from './exhaustion-settings.ts';
