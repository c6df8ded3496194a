import type { FindingCatalogue } from '@seaworthy/scenario';

/** What collection/memory-growth can find. */
export const memoryGrowthFindings = {
  COL020: {
    title: 'batches that cannot be collected in one process',
    meaning:
      'A generated tree of plain tests was collected several times in one process, with its modules unloaded in between, and one of the collections failed or did not find all tests. So whether batches give their memory back cannot be judged.',
    causes: [
      'A plugin that can be set up only once: it registers a name, patches something, or keeps the state of the first session.',
    ],
    fixes: [
      'Undo in pytest_unconfigure what pytest_configure does.',
      'Keep state on the config or session object (`config.stash`) instead of in a module.',
    ],
  },
  COL021: {
    title: 'collection that takes too much memory for each file',
    meaning:
      'Trees of plain test files of several sizes were collected, each in a process of its own, and each further file adds more to the peak of memory than the limit allows; the whole 95 % interval of the slope is above it. pytest itself takes about 35 kB for a file with a few tests. At this rate a suite of some thousand files does not fit into a usual container.',
    causes: [
      'A plugin or conftest that keeps something for each file or test: sources, syntax trees, snapshots, histories.',
      'Data that is read at import and kept in the modules.',
    ],
    fixes: [
      'Look at what the evidence names; leave plugins out one by one (`-p no:NAME`) and compare.',
      'Read data in fixtures instead of at import.',
    ],
  },
  COL022: {
    title: 'memory that grows faster than the number of files',
    meaning:
      'The peak of memory was fitted over trees of several sizes. Either the part that depends on the files (what Python and pytest take anyway is fitted along and taken out) grows with a power of their number whose whole interval is above 1, or the whole peak does. Twice the files take more than twice the memory then: a suite that still fits will not after it has grown a little. With too few sizes or too much noise the interval is wide, and nothing is said.',
    causes: [
      'A hook that compares or combines everything with everything (pytest_collection_modifyitems, pytest_collect_file) and keeps the result.',
      'Something that keeps, for each file or test, a copy of all that came before it.',
    ],
    fixes: [
      'Look at the hook that the evidence names: group by a key instead of comparing pair by pair.',
      'Keep one growing list instead of a copy of it for each test.',
    ],
  },
  COL023: {
    title: 'batches that are not released',
    meaning:
      'The same files were collected again and again in one process; after each batch the session was over, the modules unloaded, the garbage collected and free memory returned, and yet more stayed each time, by an amount whose whole 95 % interval is above the limit. A process that collects often enough ends at the memory limit of its container.',
    causes: [
      'A list, dictionary or cache of a module that outlives the session refers to tests, modules or sessions.',
      'A plugin or a library that registers whatever is imported and never lets go.',
    ],
    fixes: [
      'Run `seaworthy validate memory/collection-leak`: it names the line of code, or what leads to the tests.',
      'Empty registries in pytest_sessionfinish or pytest_unconfigure, or keep weak references.',
    ],
  },
} as const satisfies FindingCatalogue;
