import { counted, formatDuration, grouped } from '../../formats/quantity.ts';
import type { FileItems } from '../../model/recording.ts';
import { projectPath } from '../parts/project-path.ts';
import { lineAt, blankSource } from '../source/blank-source.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWorthTelling, workOf } from './worth-telling.ts';

const LEAST_ITEMS = 1000;
/** Beside this share of all tests, one file stands out. */
const SHARE = 0.2;

/**
 * Parametrization makes thousands of tests in one file, which must all be made before the first one runs, in every worker of
 * xdist. What it saves to make one of each function instead is less than they all take, by the share of those that stay.
 */
export const parametrizeExplosion: FindCause = ({ profile, runs, readSource }) => {
  const run = detailRun(runs);
  if (run === undefined) return [];
  const all = profile.tests.found;
  const show = projectPath(profile.root);
  const made = new Map(
    run.recording.items?.files.map(({ path, parametrized }) => [show(path), parametrized]) ?? [],
  );
  return profile.files.flatMap((file) => {
    const parametrized = made.get(file.path);
    const surplus = surplusOf(parametrized);
    if (parametrized === undefined || surplus < LEAST_ITEMS || parametrized.made < SHARE * all) return [];
    const itemsMs = Math.max(0, file.wallMs - file.execMs - file.rewriteMs);
    const savesMs = (itemsMs * surplus) / file.items;
    if (!isWorthTelling(workOf({ wallMs: savesMs, cpuMs: file.cpuMs }, run), run)) return [];
    const share = Math.round((100 * file.deselected) / file.items);
    const line = onlyParametrize(
      readSource(file.path.startsWith('/') ? file.path : `${profile.root}/${file.path}`),
    );
    return [
      {
        id: 'parametrize-explosion' as const,
        message: `${file.path} makes ${counted(file.items, 'test')} of ${grouped(all)}, ${counted(parametrized.made, 'one')} of them of ${counted(parametrized.of, 'parametrized function')}${
          share === 0 ? '' : `, ${share} % deselected`
        }; making them takes ${formatDuration(itemsMs)} of ${formatDuration(run.wallMs)}`,
        certainty: 'certain' as const,
        savesMs,
        savesBytes: Math.max(0, (file.memoryBytes * surplus) / file.items),
        evidence: [`${formatDuration((1000 * itemsMs) / file.items)} a thousand tests`],
        fix: 'parametrize over fewer values, or loop inside of one test (subtests) over what need not be told apart',
        location: { path: file.path, ...(line !== undefined && { line }) },
      },
    ];
  });
};

/** Tests that there are more than functions. */
function surplusOf(parametrized: FileItems['parametrized']): number {
  return parametrized === undefined ? 0 : parametrized.made - parametrized.of;
}

/** The line of the file's parametrize, where there is only one. */
function onlyParametrize(source: string | undefined): number | undefined {
  if (source === undefined) return undefined;
  const found = [...blankSource(source).matchAll(/\bparametrize[ \t]*\(/g)];
  return found.length === 1 ? lineAt(source, found[0]?.index ?? 0) : undefined;
}
