import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';

const conditions = ['@seaworthy/source', 'node', 'import', 'module', 'default'];

/**
 * What an engine on control groups of version 2 does, for tests that `tools/src/with-engine-v2.ts` starts: in an emulated machine,
 * so one at a time and with patience.
 */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: ['packages/container-engine', 'packages/resource-exhaustion'].map((root) => ({
      root,
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: conditions } },
      test: {
        name: basename(root),
        include: ['test/engine-v2/**/*.v2.ts'],
        testTimeout: 600_000,
        hookTimeout: 600_000,
        pool: 'forks',
      },
    })),
  },
});
