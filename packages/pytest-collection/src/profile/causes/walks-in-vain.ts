import { counted, formatDuration } from '../../formats/quantity.ts';
import type { ProfileNode } from '../../model/collection-profile.ts';
import type { PytestFacts } from '../../model/recording.ts';
import { projectPath } from '../parts/project-path.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWorthTelling, stretchOf } from './worth-telling.ts';

/** So many files and folders are worth a word where pytest does not tell what walking them took. */
const MANY_ENTRIES = 2000;
/** What pytest takes for one of them on a processor of its own, ms. */
const ENTRY_MS = 0.05;

/** pytest went through folders in which there is no test: `node_modules`, virtual environments, data. */
export const walksInVain: FindCause = ({ profile, runs, project }) => {
  const run = detailRun(runs);
  if (run === undefined) return [];
  const pytest = run.recording.pytest;
  const timed = emptyFolders(profile.tree);
  const total = timed.reduce((sum, { wallMs }) => sum + wallMs, 0);
  if (isWorthTelling(total, run)) {
    const [first] = timed;
    return [
      {
        id: 'walks-in-vain',
        message: `pytest walks through ${named(timed.map(({ path }) => path ?? ''))}, where there is no test, for ${formatDuration(total)} of ${formatDuration(run.wallMs)}`,
        certainty: 'certain',
        savesMs: total,
        evidence: timed.slice(0, 5).map((node) => `${node.path}: ${formatDuration(node.wallMs)}`),
        fix: fixOf(
          pytest,
          timed.map(({ name }) => name),
        ),
        ...(first?.path !== undefined && { location: { path: first.path } }),
      },
    ];
  }
  // pytest before 8 collects no folders, so nothing tells what they took.
  const knowsFolders = run.recording.collectors.some(({ kind }) => kind === 'Dir' || kind === 'Directory');
  const vain = (project?.vain ?? [])
    .filter(() => !knowsFolders)
    .sort((left, right) => right.entries - left.entries);
  const entries = vain.reduce((sum, folder) => sum + folder.entries, 0);
  const estimate = entries * ENTRY_MS * stretchOf(run.recording);
  const [largest] = vain;
  if (entries < MANY_ENTRIES || largest === undefined || !isWorthTelling(estimate, run)) return [];
  const show = projectPath(profile.root);
  return [
    {
      id: 'walks-in-vain',
      message: `pytest walks through ${counted(entries, 'file')} in ${named(vain.map(({ path }) => show(path)))}, where there is no test`,
      certainty: 'likely',
      savesMs: estimate,
      evidence: vain.slice(0, 5).map((folder) => `${show(folder.path)}: ${counted(folder.entries, 'file')}`),
      fix: fixOf(
        pytest,
        vain.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
      ),
      location: { path: show(largest.path) },
    },
  ];
};

/** The outermost folders without a test and without an error, the most expensive first. */
function emptyFolders(tree: ProfileNode): ProfileNode[] {
  const found: ProfileNode[] = [];
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind !== 'folder') continue;
    const holdsFiles = holds(node);
    if (node !== tree && node.items === 0 && node.errors === 0 && !holdsFiles) found.push(node);
    else open.push(...node.children);
  }
  return found.sort((left, right) => right.wallMs - left.wallMs);
}

/** A test file that holds no test (all of it skipped, say) is there on purpose. */
function holds(node: ProfileNode): boolean {
  return node.children.some((child) => (child.kind === 'folder' ? holds(child) : true));
}

function named(paths: readonly string[]): string {
  const more = paths.length - 2;
  return paths.slice(0, 2).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function fixOf(pytest: PytestFacts | undefined, names: readonly string[]): string {
  return pytest !== undefined && pytest.testpaths.length > 0
    ? `add ${names.slice(0, 3).join(' ')} to norecursedirs in the ini file`
    : `set testpaths in the ini file to the folders that hold the tests, or add ${names.slice(0, 3).join(' ')} to norecursedirs`;
}
