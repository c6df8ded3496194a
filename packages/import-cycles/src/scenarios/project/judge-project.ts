import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { knotFindings } from './knot-findings.ts';
import { crashFindings } from './first-import-findings.ts';
import type { projectLimits } from './project-limits.ts';
import type { ProjectObservation } from './project-observation.ts';

/** The limits of imports/project. */
export type ProjectLimits = Limits<typeof projectLimits>;

const SHOWN_PROBLEMS = 20;

/**
 * Without a baseline, the number and the length of cycles are limited; with one, every knot that it does not know is
 * an error. What is known and what crashes from one entry only is said, but does not fail.
 */
export function judgeProject(observation: ProjectObservation, limits: ProjectLimits): Judgement {
  if (observation.modules === 0) {
    return { findings: [], inconclusive: ['There is no Python file to analyse.'] };
  }
  const { crashes, firstImports, firstImportsLeft } = observation;
  const isOpen =
    crashes.length <= limits.maxFirstImportCrashes &&
    crashes.length + firstImportsLeft > limits.maxFirstImportCrashes;
  return {
    ...(isOpen
      ? {
          inconclusive: [
            `There was only time to look at the first import of ${firstImports} of ${firstImports + firstImportsLeft} modules, ${crashes.length} of which crash: more may than the ${limits.maxFirstImportCrashes} allowed`,
          ],
        }
      : {}),
    findings: [
      ...knotFindings(observation, limits),
      ...crashFindings(observation, limits),
      ...slowFindings(observation, limits),
      ...missedFindings(observation, limits),
      ...problemFindings(observation),
      ...staleFindings(observation),
    ],
  };
}

function slowFindings({ searchMs, modules }: ProjectObservation, limits: ProjectLimits): Finding[] {
  if (searchMs < limits.maxDuration) return [];
  return [
    {
      code: 'IMP005',
      severity: 'error',
      message: `The analysis of ${modules} modules took ${(searchMs / 1000).toFixed(1)} s; it must take less than ${limits.maxDuration / 1000} s`,
      measured: { value: searchMs, unit: 'ms' },
      limit: { name: 'maxDuration', value: limits.maxDuration, unit: 'ms', bound: 'most' },
      cause: { text: 'folders that do not belong to the project, or a slow disk', certainty: 'unknown' },
    },
  ];
}

function missedFindings({ comparison }: ProjectObservation, limits: ProjectLimits): Finding[] {
  if (comparison === null || comparison.missedCount <= limits.maxMissedImports) return [];
  return [
    {
      code: 'IMP006',
      severity: 'error',
      message: `${comparison.missedCount} of ${comparison.imports} imports in ${comparison.files} files were missed by the analysis`,
      measured: { value: comparison.missedCount, unit: 'count' },
      limit: { name: 'maxMissedImports', value: limits.maxMissedImports, unit: 'count', bound: 'most' },
      evidence: comparison.missed.slice(0, 10),
      cause: {
        text: "a defect of the analysis: CPython's own parser sees these imports",
        certainty: 'certain',
      },
    },
  ];
}

function problemFindings({ problems }: ProjectObservation): Finding[] {
  return problems.slice(0, SHOWN_PROBLEMS).map(({ path, line, message }, i) => ({
    code: 'IMP007',
    severity: 'warning',
    message:
      i === SHOWN_PROBLEMS - 1 && problems.length > SHOWN_PROBLEMS
        ? `${path}: ${message} (and ${problems.length - SHOWN_PROBLEMS} more such files)`
        : `${path}: ${message}`,
    location: line === null ? { path } : { path, line },
  }));
}

function staleFindings({ stale }: ProjectObservation): Finding[] {
  return stale.map(({ path, line, message }) => ({
    code: 'IMP008',
    severity: 'note',
    message,
    location: line === null ? { path } : { path, line },
  }));
}
