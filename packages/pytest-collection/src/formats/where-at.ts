import type { Position } from '../model/recording.ts';
import { shownPath } from './profile-facts.ts';
import { formatDuration } from './quantity.ts';

/** What a run does in a phase. */
export const DOING: Readonly<Record<Position['phase'], string>> = {
  'start-up': 'while Python started',
  import: 'while pytest was imported',
  configure: 'while pytest was configured',
  collect: 'while files were collected',
  modify: 'in the hooks on the collected tests',
  report: 'while the tests were listed',
  unconfigure: 'while pytest tore down',
  exit: 'while Python exited',
};

/** `while it imported pandas for tests/test_cart.py, 3.2 s after the start`. */
export function whereAt({ phase, path, importing, atMs }: Position, root: string): string {
  const file = path === undefined ? undefined : shownPath(path, root);
  const doing =
    importing !== undefined
      ? `while it imported ${importing}${file === undefined ? '' : ` for ${file}`}`
      : file !== undefined
        ? `in ${file}`
        : DOING[phase];
  return `${doing}, ${formatDuration(atMs)} after the start`;
}
