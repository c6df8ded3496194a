import type { FindingCatalogue } from '@seaworthy/scenario';

/** What memory/collection-leak can find. */
export const collectionLeakFindings = {
  MEM010: {
    title: 'collection that cannot be repeated in one process',
    meaning:
      'A generated tree of plain tests was collected several times in one process, with its modules unloaded in between, and one of the collections failed or did not find all tests. So what collection leaves behind cannot be judged, and whatever collects more than once in a process (test runners of editors, pytester, servers that run tests) fails alike.',
    causes: [
      'A plugin that can be set up only once: it registers a name, patches something, or keeps the state of the first session.',
      'A plugin that fails in every collection: then the scenarios of the group `collection` are red too.',
    ],
    fixes: [
      'Undo in pytest_unconfigure what pytest_configure does.',
      'Keep state on the config or session object (`config.stash`) instead of in a module.',
    ],
  },
  MEM011: {
    title: 'collected tests that take too much memory',
    meaning:
      'A thousand tests with about 100 kB of data each were collected and held, as a run does, and the memory of the process grew by more than the limit allows. The data itself is about 100 MB of that: what is above it, pytest and the plugins installed keep for the tests. With pytest-xdist every worker pays it again.',
    causes: [
      'A plugin that keeps copies of the tests or of their data (reports, histories, indexes).',
      'A plugin that keeps the source or the syntax tree of each file.',
    ],
    fixes: [
      'Leave plugins out one by one (`-p no:NAME`) and compare.',
      'Keep node ids instead of tests, and data in files instead of in memory.',
    ],
  },
  MEM012: {
    title: 'tests that are kept after their session',
    meaning:
      'The session was over, the modules of the tests were unloaded, the garbage collected and free memory returned, but much of what the tests held is still there. The evidence names what leads to it. In a run of its own this costs nothing but memory until the end; where tests are collected more than once in a process, it adds up.',
    causes: [
      'A list, dictionary or cache of a module that outlives the session refers to tests, sessions or the configuration (a registry, functools.lru_cache on a method).',
      'A thread, an atexit handler or a logging handler that refers to them.',
      'pytest 6 keeps the last session in the cache of a method.',
    ],
    fixes: [
      'Empty the holder that the evidence names in pytest_sessionfinish or pytest_unconfigure.',
      'Keep node ids instead of tests; use weakref.WeakKeyDictionary for what belongs to them.',
    ],
  },
  MEM013: {
    title: 'memory that every collection leaves behind',
    meaning:
      'The same tests were collected again and again in one process, and after each time more memory stayed, by an amount whose whole 95 % interval is above the limit. That is a leak: whatever collects long or often enough in one process ends at the memory limit of its container, with exit code 137 and no traceback. The lines of code that made the objects come from a second process under tracemalloc.',
    causes: [
      'A plugin that keeps something for each file, collector or test in a module of its own.',
      'A conftest that puts things into a registry of the application, which stays loaded.',
      'A library that registers whatever is imported (metaclasses, atexit, logging handlers).',
    ],
    fixes: [
      'Start at the line that the evidence names; empty what it fills when the session ends.',
      'Key caches by name rather than by object, so that the same test does not count twice, and bound them.',
    ],
  },
  MEM014: {
    title: 'memory that grows faster than what is collected',
    meaning:
      'Memory grows with a power of the number of tests, or of the number of collections, whose whole interval is above 1 (the constant part, interpreter and pytest, is fitted along and taken out). Twice the tests take more than twice the memory: what fits today does not fit after the next hundred tests.',
    causes: [
      'Something that keeps, for each test, all that came before it: copies of growing lists, pairs of everything with everything.',
      'A report or history that is kept as a whole after each step.',
    ],
    fixes: [
      'Keep one growing list instead of a copy of it for each test; compare through a dictionary instead of pair by pair.',
      'Start at the line that the evidence names.',
    ],
  },
} as const satisfies FindingCatalogue;
