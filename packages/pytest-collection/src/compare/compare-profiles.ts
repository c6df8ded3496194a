import type { CollectionProfile, RunFigures } from '../model/collection-profile.ts';
import { chanceRatio, RUN_TO_RUN } from './chance-ratio.ts';
import { commonFactorOf, costChanges } from './cost-changes.ts';
import { figureChange } from './figure-change.ts';
import type { CostChange, ProfileComparison, ProfileReference } from './profile-comparison.ts';
import type { CostTable } from './profile-costs.ts';
import { conftestTable, fileTable, importTable, pluginTable } from './profile-costs.ts';
import { profileDifferences } from './profile-differences.ts';

/**
 * What changed between two profiles of one project, a saved one and a new one, say: the whole, and which files,
 * conftests, imports and plugins. Each profile is of single runs, so a change in time is only told where chance does not
 * do the same; peak memory hardly varies and is told from about 1 % on. Profiles that are not of the same tests are not
 * compared at all. Pure.
 */
export function compareProfiles(before: CollectionProfile, after: CollectionProfile): ProfileComparison {
  const references = { before: referenceTo(before), after: referenceTo(after) };
  const differences = profileDifferences(before, after);
  if (differences.length > 0) return { kind: 'not-comparable', ...references, differences };
  const pair = commonState(before, after);
  if (pair === undefined) {
    const message = 'One profile has only a run without bytecode of the project, the other only one with it';
    return {
      kind: 'not-comparable',
      ...references,
      differences: [{ kind: 'outcome', message, examples: [] }],
    };
  }
  const { state, left, right } = pair;
  const files = { before: fileTable(before), after: fileTable(after) };
  const isAlike = detailState(before) === detailState(after);
  const commonFactor = isAlike ? commonFactorOf(files.before, files.after) : 1;
  const changes = (table: (profile: CollectionProfile) => CostTable): CostChange[] =>
    isAlike ? costChanges(table(before), table(after), commonFactor) : [];
  return {
    kind: 'compared',
    ...references,
    state,
    cpuMs: figureChange(left.cpuMs, right.cpuMs, chanceRatio(RUN_TO_RUN.cpu)),
    wallMs: figureChange(left.wallMs, right.wallMs, chanceRatio(RUN_TO_RUN.wall)),
    peakBytes: figureChange(left.peak.bytes, right.peak.bytes, chanceRatio(RUN_TO_RUN.peak)),
    commonFactor,
    files: changes(fileTable),
    conftests: changes(conftestTable),
    imports: changes(importTable),
    plugins: changes(pluginTable),
    notes: [
      ...notesOn(before, after, left, right, commonFactor),
      ...(isAlike
        ? []
        : ['The details of one profile are of a run without bytecode, of the other with it: not compared']),
    ],
  };
}

function referenceTo({ takenAt, tests }: CollectionProfile): ProfileReference {
  return { takenAt, tests: tests.found - tests.deselected };
}

/** Of which run the files, imports and plugins of a profile tell. */
function detailState({ runs }: CollectionProfile): 'cold' | 'warm' {
  return runs.warm === undefined ? 'cold' : 'warm';
}

function commonState(
  before: CollectionProfile,
  after: CollectionProfile,
): { state: 'cold' | 'warm'; left: RunFigures; right: RunFigures } | undefined {
  for (const state of ['warm', 'cold'] as const) {
    const [left, right] = [before.runs[state], after.runs[state]];
    if (left !== undefined && right !== undefined) return { state, left, right };
  }
  return undefined;
}

const percent = (ratio: number): string => `${(100 * (ratio - 1)).toFixed(0)} %`;

function notesOn(
  before: CollectionProfile,
  after: CollectionProfile,
  left: RunFigures,
  right: RunFigures,
  commonFactor: number,
): string[] {
  const notes = [
    `Single runs: processor time is told from ${percent(chanceRatio(RUN_TO_RUN.cpu))} on, elapsed time from ${percent(chanceRatio(RUN_TO_RUN.wall))}, peak memory from ${((chanceRatio(RUN_TO_RUN.peak) - 1) * 100).toFixed(1)} %. Smaller changes need interleaved runs of both`,
  ];
  const changed = (what: string, old: string, now: string): void => {
    if (old !== now) notes.push(`${what} was ${old} and is ${now}`);
  };
  changed('Python', before.python.version, after.python.version);
  changed('pytest', before.pytest.version, after.pytest.version);
  changed('The command', before.command, after.command);
  if (left.peak.source !== right.peak.source)
    notes.push(
      `Peak memory was measured by ${left.peak.source} and is by ${right.peak.source}: they do not count the same`,
    );
  if (commonFactor > 1.2 || commonFactor < 1 / 1.2)
    notes.push(
      `All files changed alike, by a factor of ${commonFactor.toFixed(2)}: another machine, or a busier one; single costs are told without it`,
    );
  return notes;
}
