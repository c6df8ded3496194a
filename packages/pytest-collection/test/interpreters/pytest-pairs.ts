import { PYTEST_MAJORS, pytestFolder, runsOn } from './pytests.ts';
import type { PytestMajor } from './pytests.ts';
import { askPython, findPythons } from './pythons.ts';
import type { Python } from './pythons.ts';

/** A version of pytest and a CPython of this machine that it runs on. */
export interface PytestPair extends Python {
  readonly name: string;
  /** Of Python, such as `3.11`. */
  readonly version: string;
  readonly major: PytestMajor;
  /** With that pytest, for PYTHONPATH. */
  readonly folder: string;
}

/** Every CPython of this machine with every pytest that runs on it, the oldest first. */
export function allPairs(): readonly PytestPair[] {
  return findPythons().flatMap((python) =>
    PYTEST_MAJORS.filter((major) => runsOn(major, python.minor)).map((major) => pairOf(python, major)),
  );
}

/** For each pytest the oldest and the newest CPython of this machine that it runs on. */
export function pytestPairs(): readonly PytestPair[] {
  const all = allPairs();
  return PYTEST_MAJORS.flatMap((of) => {
    const fit = all.filter(({ major }) => major === of);
    return [...new Set([fit[0], fit.at(-1)])].filter((pair) => pair !== undefined);
  });
}

/** Each pytest once: the oldest on its oldest CPython of this machine, the others on their newest. */
export function onePerPytest(): readonly PytestPair[] {
  const pairs = pytestPairs();
  return PYTEST_MAJORS.map((of) => pairs.filter(({ major }) => major === of))
    .map((pairsOf, at) => (at === 0 ? pairsOf[0] : pairsOf.at(-1)))
    .filter((pair) => pair !== undefined);
}

/** The oldest pytest on its oldest CPython, and the newest on its newest: for what takes long. */
export function oldestAndNewest(): readonly PytestPair[] {
  const pairs = pytestPairs();
  return [...new Set([pairs[0], pairs.at(-1)])].filter((pair) => pair !== undefined);
}

/** The `python3` of this machine with pytest 8, which runs on every Python that is supported. */
export function usual(): PytestPair {
  const found = askPython('python3');
  if (found === undefined) throw new Error('These tests need CPython 3.8 or newer as python3 on the path');
  return { ...pairOf(found, 8), name: 'python3, pytest 8' };
}

function pairOf({ python, minor }: Python, major: PytestMajor): PytestPair {
  return {
    name: `Python 3.${minor}, pytest ${major}`,
    version: `3.${minor}`,
    python,
    minor,
    major,
    folder: pytestFolder(major),
  };
}
