import { counted, formatDuration, grouped } from '../../formats/quantity.ts';
import { lineAt, blankSource } from '../source/blank-source.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWorthTelling, workOf } from './worth-telling.ts';

const LEAST_ITEMS = 1000;
/** Beside this share of all tests, one file stands out. */
const SHARE = 0.2;

/** One file makes thousands of tests, which must all be made before the first one runs, in every worker of xdist. */
export const parametrizeExplosion: FindCause = ({ profile, runs, readSource }) => {
  const run = detailRun(runs);
  if (run === undefined) return [];
  const all = profile.tests.found;
  return profile.files
    .filter(({ items }) => items >= LEAST_ITEMS && items >= SHARE * all)
    .flatMap((file) => {
      const itemsMs = Math.max(0, file.wallMs - file.execMs - file.rewriteMs);
      if (!isWorthTelling(workOf({ wallMs: itemsMs, cpuMs: file.cpuMs }, run), run)) return [];
      const share = Math.round((100 * file.deselected) / file.items);
      const line = onlyParametrize(
        readSource(file.path.startsWith('/') ? file.path : `${profile.root}/${file.path}`),
      );
      return [
        {
          id: 'parametrize-explosion' as const,
          message: `${file.path} makes ${counted(file.items, 'test')} of ${grouped(all)}${
            share === 0 ? '' : `, ${share} % of them deselected`
          }; making them takes ${formatDuration(itemsMs)} of ${formatDuration(run.wallMs)}`,
          certainty: 'certain' as const,
          savesMs: itemsMs,
          savesBytes: Math.max(0, file.memoryBytes),
          evidence: [`${formatDuration((1000 * itemsMs) / file.items)} a thousand tests`],
          fix: 'parametrize over fewer values, or loop inside of one test (subtests) over what need not be told apart',
          location: { path: file.path, ...(line !== undefined && { line }) },
        },
      ];
    });
};

/** The line of the file's parametrize, where there is only one. */
function onlyParametrize(source: string | undefined): number | undefined {
  if (source === undefined) return undefined;
  const found = [...blankSource(source).matchAll(/\bparametrize[ \t]*\(/g)];
  return found.length === 1 ? lineAt(source, found[0]?.index ?? 0) : undefined;
}
