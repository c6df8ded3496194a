import { formatDuration } from '../../formats/quantity.ts';
import type { ProfileCause } from '../../model/collection-profile.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import { isFileItself } from '../parts/heaviest-import.ts';
import { isInside, projectPath } from '../parts/project-path.ts';
import { allRuns, type CauseInput, type FindCause } from './cause-input.ts';
import { hangs } from './hangs.ts';
import { isWaiting, type Timed } from './is-waiting.ts';

/** Something stands still while it is imported: a network, a database, a lock, a child, a `sleep`. */
export const waitsAtImport: FindCause = (input) => {
  const hung = allRuns(input.runs).find(({ outcome }) => outcome.kind === 'timed-out');
  if (hung !== undefined) return hangs(hung, input);
  // Close to a limit of memory everything waits: for pages to be freed.
  if (allRuns(input.runs).some(({ outcome }) => outcome.kind === 'killed-for-memory')) return [];
  const [first, second] = [input.runs.warm, input.runs.cold].map((run) =>
    run === undefined ? [] : waitsIn(run, input),
  );
  // A processor that was busy with others at that instant would not be so again.
  const again = new Set(second?.map(({ what }) => what));
  const both = input.runs.warm !== undefined && input.runs.cold !== undefined;
  return (
    both ? (first ?? []).filter(({ what }) => again.has(what)) : [...(first ?? []), ...(second ?? [])]
  ).map(({ cause }) => cause);
};

interface Wait {
  readonly what: string;
  readonly cause: ProfileCause;
}

function waitsIn(run: CollectionRun, { profile }: CauseInput): Wait[] {
  const { recording } = run;
  const show = projectPath(profile.root);
  // Innermost first, so that a module is told and not everything that imported it.
  const imports = recording.imports
    .map((record, index) => ({ record, index }))
    .filter(({ record }) => !isFileItself(record) && isWaiting(record, run))
    .filter(
      ({ record, index }) =>
        !recording.imports.some(
          (child) =>
            child.parent === index && child.wallMs - child.cpuMs >= 0.5 * (record.wallMs - record.cpuMs),
        ),
    );
  const causes = imports.map(({ record }) =>
    waits(
      `importing ${record.module}`,
      record,
      record.path ?? record.within,
      record.within === undefined ? undefined : `imported by ${show(record.within)}`,
      show,
    ),
  );
  const covered = (path: string, part: Timed) =>
    imports
      .filter(({ record }) => record.within === path)
      .reduce((sum, { record }) => sum + record.wallMs - record.cpuMs, 0) >=
    0.5 * (part.wallMs - part.cpuMs);
  const conftests = new Set(recording.conftests.map(({ path }) => path));
  const files = [
    ...recording.conftests,
    ...recording.collectors.flatMap(({ path, nodeId, own }) =>
      path === undefined || own === undefined || nodeId === '' || nodeId.includes('::') || conftests.has(path)
        ? []
        : [{ path, wallMs: own.wallMs, cpuMs: own.cpuMs }],
    ),
  ].filter((file) => isWaiting(file, run) && !covered(file.path, file));
  // A folder's own time holds the conftest that was loaded in it.
  const named = files.filter(
    (file) =>
      !files.some((inner) => inner !== file && isInside(file.path, inner.path) && conftests.has(inner.path)),
  );
  return [
    ...causes,
    ...named.map((file) => waits(`executing ${show(file.path)}`, file, file.path, undefined, show)),
  ];
}

function waits(
  what: string,
  { wallMs, cpuMs }: Timed,
  path: string | undefined,
  more: string | undefined,
  show: (path: string) => string,
): Wait {
  const cause: ProfileCause = {
    id: 'waits-at-import',
    message: `${what} takes ${formatDuration(wallMs)} and uses the processor for ${formatDuration(cpuMs)} of them: it waits`,
    certainty: 'likely',
    savesMs: wallMs - cpuMs,
    evidence: [`${formatDuration(wallMs - cpuMs)} without work`, ...(more === undefined ? [] : [more])],
    fix: 'connect, wait or start programs in a fixture, not while the module is imported',
    ...(path !== undefined && { location: { path: show(path) } }),
  };
  return { what, cause };
}
