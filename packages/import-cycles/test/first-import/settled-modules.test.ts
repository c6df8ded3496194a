import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { predictFirstImports } from '../../src/first-import/predict-first-imports.ts';
import type { FirstImport } from '../../src/report/import-report.ts';
import { generateProject } from './generator/generate-project.ts';
import { writeProject } from './generator/project-files.ts';

const python = [3, 13] as const;

/** All but the assumption: of several, the first one met is told. */
function told({ module, outcome, error, chain }: FirstImport): object {
  return { module, outcome, error, chain };
}

test('a module is predicted alike alone, after all others and before them', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'));
    try {
      const graph = writeProject(generateProject(seed, 13), folder);
      const indexes = graph.modules.keys().toArray();
      const forward = await predictFirstImports(graph, indexes, { python });
      const backward = await predictFirstImports(graph, indexes.toReversed(), { python });
      for (const index of indexes) {
        const [alone] = await predictFirstImports(graph, [index], { python });
        expect(told(forward[index]!), `seed ${seed}`).toEqual(told(alone!));
        expect(told(backward.at(-1 - index)!), `seed ${seed}`).toEqual(told(alone!));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});
