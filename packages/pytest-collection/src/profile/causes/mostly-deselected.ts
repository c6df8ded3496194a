import { counted, formatDuration } from '../../formats/quantity.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWorthTelling } from './worth-telling.ts';

const SHARE = 0.5;

/** `-k` and `-m` choose after everything was collected: files of which no test is left were imported for nothing. */
export const mostlyDeselected: FindCause = ({ profile, runs }) => {
  const run = detailRun(runs);
  const { found, deselected } = profile.tests;
  if (run === undefined || found === 0 || deselected < SHARE * found) return [];
  const idle = profile.files.filter(({ items, deselected: out }) => items > 0 && out === items);
  const wallMs = idle.reduce((sum, file) => sum + file.wallMs, 0);
  if (!isWorthTelling(wallMs, run)) return [];
  const bytes = idle.reduce((sum, file) => sum + file.memoryBytes, 0);
  return [
    {
      id: 'mostly-deselected',
      message: `${deselected} of ${counted(found, 'test')} are deselected after they were collected; ${counted(idle.length, 'file')} of which nothing is left took ${formatDuration(wallMs)} of ${formatDuration(run.wallMs)}`,
      certainty: 'certain',
      savesMs: wallMs,
      savesBytes: Math.max(0, bytes),
      evidence: idle
        .slice(0, 5)
        .map((file) => `${file.path}: ${formatDuration(file.wallMs)}, ${counted(file.items, 'test')}`),
      fix: 'name the folders or files to pytest instead of choosing by -k or -m alone, or leave them out with --ignore',
    },
  ];
};
