import { join, resolve } from 'node:path';

const PYTESTS = resolve(import.meta.dirname, '../../../../node_modules/.cache/seaworthy-pytests');

/** The versions of pytest that `npx nx run tools:pytests` makes available. */
export const PYTEST_MAJORS = [6, 7, 8, 9] as const;
export type PytestMajor = (typeof PYTEST_MAJORS)[number];

/** The minor versions of Python 3 that each of them runs on, of those that are supported here. */
const RUNS_ON: Readonly<Record<PytestMajor, readonly [oldest: number, newest: number]>> = {
  6: [8, 9],
  7: [8, 13],
  8: [8, 14],
  9: [10, 14],
};

/** A folder with a pytest of this major version, or with pytest-xdist, for PYTHONPATH. */
export function pytestFolder(which: PytestMajor | 'xdist'): string {
  return join(PYTESTS, String(which));
}

export function runsOn(major: PytestMajor, minor: number): boolean {
  const [oldest, newest] = RUNS_ON[major];
  return minor >= oldest && minor <= newest;
}
