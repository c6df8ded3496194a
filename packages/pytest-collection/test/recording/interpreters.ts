export { allPairs as combinations, usual } from '../interpreters/pytest-pairs.ts';
export type { PytestPair as Combination } from '../interpreters/pytest-pairs.ts';
export { pytestFolder } from '../interpreters/pytests.ts';
export type { PytestMajor } from '../interpreters/pytests.ts';
export { findPythons } from '../interpreters/pythons.ts';
