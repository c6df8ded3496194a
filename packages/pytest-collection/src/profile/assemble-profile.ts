import type { CollectionProfile } from '../model/collection-profile.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import type { Recording } from '../model/recording.ts';
import { allRuns, detailRun, type ProfileRuns } from './causes/cause-input.ts';
import { buildTree } from './parts/build-tree.ts';
import { conftestCosts } from './parts/conftest-costs.ts';
import { explainedError } from './parts/explained-error.ts';
import { fileCosts } from './parts/file-costs.ts';
import { importCosts } from './parts/import-costs.ts';
import { pluginCosts } from './parts/plugin-costs.ts';
import { projectPath } from './parts/project-path.ts';
import { runFigures } from './parts/run-figures.ts';
import { cameToItsEnd } from './profile-runs.ts';
import { shellCommand } from './shell-command.ts';
import type { ReadSource } from './source/read-source.ts';

/** What runs say, put together; without causes and proofs. */
export function assembleProfile(
  target: CollectionTarget,
  runs: ProfileRuns,
  readSource: ReadSource,
  takenAt: Date,
): Omit<CollectionProfile, 'causes'> {
  const run = detailRun(runs);
  if (run === undefined) throw new Error('Expected a profile to be made of at least one run');
  const { recording } = run;
  const { root } = target;
  const path = projectPath(root);
  const tree = buildTree(recording, root, run.cpuMs);
  const files = fileCosts(recording, tree, path);
  const python = firstOf(runs, ({ python: facts }) => facts);
  const pytest = firstOf(runs, ({ pytest: facts }) => facts);
  const failed = allRuns(runs).find((candidate) => !cameToItsEnd(candidate));
  const faults = [...new Set(allRuns(runs).flatMap(({ recording: { faults = [] } }) => faults))];
  return {
    schemaVersion: 1,
    root,
    takenAt: takenAt.toISOString(),
    python: { version: python?.version ?? 'unknown', executable: python?.executable ?? target.python },
    pytest: {
      version: pytest?.version ?? 'unknown',
      rootdir: pytest?.rootdir ?? root,
      ...(pytest?.inifile !== undefined && { inifile: pytest.inifile }),
    },
    command: shellCommand(target),
    ...(run.runner !== 'host' && { runner: run.runner }),
    outcome: (failed ?? run).outcome,
    tests: {
      found: recording.items?.found ?? tree.items,
      deselected: recording.items?.deselected ?? 0,
      files: files.length,
      ...(recording.items !== undefined && { hash: recording.items.hash }),
    },
    runs: {
      ...(runs.cold !== undefined && { cold: runFigures(runs.cold) }),
      ...(runs.warm !== undefined && { warm: runFigures(runs.warm) }),
    },
    tree,
    files,
    conftests: conftestCosts(recording, path),
    imports: importCosts(recording, path, readSource, runs.hooks === run ? undefined : runs.hooks?.recording),
    plugins: pluginCosts(recording, runs.hooks?.recording, path),
    errors: recording.errors.map((error) => explainedError(error, path)),
    ...(faults.length > 0 && { recorderFaults: faults }),
  };
}

function firstOf<Facts>(
  runs: ProfileRuns,
  pick: (recording: Recording) => Facts | undefined,
): Facts | undefined {
  return allRuns(runs)
    .map(({ recording }) => pick(recording))
    .find((facts) => facts !== undefined);
}
