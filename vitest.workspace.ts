import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';

const projects = [
  ...['packages', 'apps'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url)).map((name) => `${folder}/${name}`),
  ),
  'tools',
];

/** Tests and the code under test resolve to `src` through the source condition, so no build is needed to run them. */
const conditions = ['@seaworthy/source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  test: {
    // Many tests wait for processes: two at a time also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: projects.map((root) => ({
      root,
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: conditions } },
      test: {
        name: basename(root),
        include: ['test/**/*.test.ts'],
        exclude: ['**/fixtures/**'],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        pool: 'forks',
        // Nx asks for colours in all that it starts, and pytest would follow.
        env: { PY_COLORS: '0' },
        // Tests measure real processes: a busy machine may spoil one measurement. What fails twice is a defect.
        retry: process.env['CI'] === undefined ? 0 : 1,
      },
    })),
  },
});
