import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';

const projects = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url)).map((name) => `${folder}/${name}`),
);

/** Tests and the code under test resolve to `src` through the source condition, so no build is needed to run them. */
const conditions = ['@seaworthy/source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  test: {
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
        // Tests measure real processes: a busy machine may spoil one measurement. What fails twice is a defect.
        retry: process.env['CI'] === undefined ? 0 : 1,
      },
    })),
  },
});
