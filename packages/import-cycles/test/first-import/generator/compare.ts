import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { predictFirstImports } from '../../../src/first-import/predict-first-imports.ts';
import type { FirstImport } from '../../../src/report/import-report.ts';
import type { GeneratedProject } from './generate-project.ts';
import type { Judge } from './judge.ts';
import { writeProject } from './project-files.ts';

export interface Comparison {
  readonly predicted: FirstImport;
  readonly tried: FirstImport;
  /** Both say ok, or both say crash. */
  readonly sameOutcome: boolean;
  /** And the same type of error, in the same file and line. */
  readonly sameError: boolean;
  /** And the same message, and the same imports in progress. */
  readonly sameInAll: boolean;
}

/** Predicts and tries every module of a project (or only those named). */
export async function compareProject(
  project: GeneratedProject,
  judge: Judge,
  minor: number,
  only?: string,
): Promise<Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-generated-'));
  try {
    const graph = writeProject(project, folder);
    const indexes = graph.modules.flatMap(({ name }, index) =>
      only === undefined || name === only ? [index] : [],
    );
    const predictions = await predictFirstImports(graph, indexes, { python: [3, minor] });
    const comparisons: Comparison[] = [];
    for (const predicted of predictions)
      comparisons.push(compare(predicted, await judge.judge(graph, predicted.module)));
    return comparisons;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(predicted: FirstImport, tried: FirstImport): Comparison {
  const sameOutcome = predicted.outcome === tried.outcome;
  const [one, two] = [predicted.error, tried.error];
  const sameError =
    sameOutcome && one?.type === two?.type && one?.path === two?.path && one?.line === two?.line;
  const sameInAll =
    sameError &&
    one?.message === two?.message &&
    JSON.stringify(predicted.chain) === JSON.stringify(tried.chain);
  return { predicted, tried, sameOutcome, sameError, sameInAll };
}
