import type { FindingCatalogue } from '@seaworthy/scenario';

const BY_HAND =
  'Reproduce it by hand: a folder with some hundred small test files, and `pytest --collect-only -q` in it; then `seaworthy collect` on that folder.';

/** Of the time that a collection takes. */
export const slowFindings = {
  COL001: {
    title: 'collection that takes too long',
    meaning:
      'A generated tree of plain test files, which need nothing but pytest, took longer to collect than the limit allows. The tree is always the same, so the time is that of this interpreter, this machine and the pytest plugins installed: every test run of the project pays it too. Time in which other processes had the processors is not held against it. The limit is for the full size of the tree; smaller or larger ones may take a part or a multiple of it.',
    causes: [
      'A plugin that does work for each file, collector or test (the evidence names the dearest hooks).',
      'A plugin that imports a heavy library, or asks a network service, when it is loaded.',
      'A slow file system (a bind mount, a network folder), or a processor that is emulated (an image for another architecture).',
    ],
    fixes: [
      'Leave a plugin out (`-p no:NAME`) and compare; upgrade it, or load it only where it is needed.',
      'Put the project on a volume instead of a bind mount, and use an image of the native architecture.',
      BY_HAND,
    ],
  },
} as const satisfies FindingCatalogue;

/** Of what a collection holds. */
export const memoryFindings = {
  COL002: {
    title: 'collection that takes too much memory',
    meaning:
      'The whole process tree of a collection of plain generated test files held more memory at its peak than the limit allows, or all that a container has which gives it less than that. A container with less memory than the peak kills such a run with exit code 137 and no traceback, and with pytest-xdist every worker needs it again.',
    causes: [
      'A plugin that keeps something for each file, collector or test.',
      'A heavy library that a plugin imports.',
      'Processes that a plugin starts, which are counted too.',
    ],
    fixes: [
      'See in the evidence what grows while files are collected; leave that plugin out (`-p no:NAME`) and compare.',
      'Give the container more memory than the peak, times the number of workers.',
    ],
  },
} as const satisfies FindingCatalogue;

/** Of the speed of a collection. */
export const rateFindings = {
  COL003: {
    title: 'collection that finds too few tests a second',
    meaning:
      'The number of tests found, divided by the whole time from the start of the process to its end, is below the limit. It says the same as the time for the full tree, but does not depend on its size; what is paid once, such as a slow start, weighs more on a small tree.',
    causes: [
      'A plugin that works on every test (pytest_itemcollected, pytest_collection_modifyitems), worse when it compares each with all.',
      'A start that waits for something: a plugin that connects, sleeps or reads much.',
    ],
    fixes: [
      'Look at the dearest imports and hooks in the evidence; leave the plugin out and compare.',
      BY_HAND,
    ],
  },
} as const satisfies FindingCatalogue;

/** Of what a collection finds, and how it ends. */
export const resultFindings = {
  COL004: {
    title: 'tests that are lost or come in addition',
    meaning:
      'Every test of a generated tree is known, and pytest came to its end without an error, but it did not select exactly these. Tests that silently are not collected are never run: the suite stays green whatever breaks.',
    causes: [
      'A plugin or conftest that ignores files or deselects tests (pytest_ignore_collect, collect_ignore, pytest_collection_modifyitems).',
      'A configuration file in a folder above that changes what counts as a test (python_files, python_functions, norecursedirs).',
      'A plugin that collects files of its own, or multiplies tests.',
    ],
    fixes: [
      'Compare `pytest --collect-only -q` with and without each plugin (`-p no:NAME`).',
      'Let plugins that select tests do so only when an option asks for it.',
    ],
  },
  COL005: {
    title: 'collection with errors',
    meaning:
      'pytest reported errors for files of a generated tree that Python can import, or failed itself: a plugin or conftest raised an exception, or pytest refused its arguments. A run with a collection error runs no test at all, unless it is told to continue.',
    causes: [
      'A module of the tree cannot be imported or compiled by this interpreter.',
      'A plugin that does not fit this version of pytest or Python, or needs settings that are not there.',
    ],
    fixes: [
      'Read the error in the evidence: it names the file and the line.',
      'Upgrade the plugin that the traceback ends in, or leave it out (`-p no:NAME`).',
    ],
  },
  COL006: {
    title: 'collection that hangs',
    meaning:
      'A collection was not through when its time was up, half as long again as the limit allows, and was ended. The evidence says where every thread stood then, and what the process waited for as far as the kernel tells.',
    causes: [
      'A module that waits while it is imported: for a server that does not answer, a lock that another process holds, or a child.',
      'Work that never ends, or grows with the square of the number of tests.',
    ],
    fixes: [
      'Start at the innermost frame of the stack that belongs to your code or to a plugin.',
      'Connect, lock and start processes in fixtures, with a time-out, never at import.',
    ],
  },
  COL007: {
    title: 'collection that is killed or crashes',
    meaning:
      "pytest's process did not come to its end: a signal ended it (a crash in an extension module, or someone's kill), the kernel or a guard killed it for memory, something called os._exit, or something stopped the session. No report is written then, so a CI job shows no test that failed.",
    causes: [
      'An extension module that does not fit the interpreter (SIGSEGV, SIGABRT, SIGILL).',
      'A memory limit that is too low, or memory that grows (SIGKILL, exit code 137).',
      'A plugin or conftest that ends the process or the session (os._exit, pytest.exit).',
    ],
    fixes: [
      'See in the evidence which file was being collected, and collect that file alone, with `python -X faulthandler -m pytest`.',
      'For SIGKILL: compare the peak of memory with the limits of the container and the machine.',
    ],
  },
} as const satisfies FindingCatalogue;
