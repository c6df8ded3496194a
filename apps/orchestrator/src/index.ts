export { defineConfig } from './configuration/define-config.ts';
export type { Configuration, ScenarioConfiguration } from './configuration/configuration.ts';
