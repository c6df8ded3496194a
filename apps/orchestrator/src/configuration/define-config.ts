import type { Configuration } from './configuration.ts';

/** Gives a configuration its types, for completion and checks in an editor; returns it as it is. */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration;
}
