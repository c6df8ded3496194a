import type { FindingCatalogue } from '@seaworthy/scenario';

const PROFILE =
  'Run `seaworthy collect` in the project: it shows time and memory file by file and import by import.';

/** What collection/project can find. */
export const projectFindings = {
  COL050: {
    title: 'test file that cannot be collected',
    meaning:
      "pytest could not import or compile a test file of the project. It then runs no test at all of the whole suite, unless it is told to continue, and a job that reads only pytest's report may take that for `no tests`.",
    causes: [
      'A module that is not installed in this interpreter, or not on its path.',
      'A syntax that this Python does not have, or a circular import.',
      'Code that runs while the file is imported, and fails without its server, variable or file.',
    ],
    fixes: [
      'Look at the file and line of the finding; `pytest --collect-only FILE` shows the same.',
      '`pytest.importorskip("name")` where a module is optional; fixtures for what needs the outside.',
    ],
  },
  COL051: {
    title: "project's collection that takes too long",
    meaning:
      "Collecting the project's own suite, from the start of the process to its end, took longer than the limit allows. Everyone who runs a single test pays for it, and with pytest-xdist each worker does.",
    causes: [
      'Heavy imports and conftests, expensive plugins, or very many parametrised tests: the warnings beside this finding name them.',
      'Bytecode that is never kept (PYTHONDONTWRITEBYTECODE), so that every run rewrites every file.',
    ],
    fixes: [PROFILE, 'Move heavy imports into the fixtures that need them; set `testpaths`.'],
  },
  COL052: {
    title: "project's collection that takes too much memory",
    meaning:
      "The process tree that collects the project's own suite held more memory at its peak than the limit allows, before a single test ran. In a container with less it is killed with exit code 137; with pytest-xdist each worker needs it again.",
    causes: [
      'Libraries and data that are loaded at import.',
      'Very many parametrised tests, or large parameters.',
    ],
    fixes: [
      PROFILE,
      'Load data in fixtures; give containers more memory, or run fewer workers (`seaworthy collect --limit` tells how many fit).',
    ],
  },
  COL053: {
    title: 'too few tests of the project',
    meaning:
      'The collection came to its end, but found fewer tests than there have to be. pytest that finds none exits with code 5, and scripts that let 5 pass stay green for ever.',
    causes: [
      'A selection (`-k`, `-m`, `--ignore`, a conftest) that takes away more than it should.',
      'testpaths, python_files or python_functions that name what is not there any more.',
      "An image without the project's files: they are mounted into it when the service is started (volumes), and nothing of that is seen here, since the image's own files are what CI runs.",
    ],
    fixes: [
      'Copy the tests into the image (COPY in the Dockerfile), or validate the files of this machine (`--subject host`).',
      'Compare with `pytest --collect-only -q -o addopts=`.',
      'Raise the limit `minTests` of collection/project to a number just below what the project has, so that a loss is noticed.',
    ],
  },
  COL054: {
    title: "project's collection that is killed for memory",
    meaning:
      "The collection of the project's own suite was killed because a memory limit was hit: its own, that of a container around it, or the machine's. The finding names the file that was being collected.",
    causes: [
      'A file, conftest or library that loads more than there is.',
      'A limit that is too low for the suite.',
    ],
    fixes: ['`seaworthy collect --limit` looks for the smallest limit that passes.', PROFILE],
  },
  COL055: {
    title: "project's collection that hangs",
    meaning:
      "The collection of the project's own suite was not through when its time was up, half as long again as the limit allows. The evidence says where every thread stood, and what the process waited for.",
    causes: ['A connection, a lock or a child process that a module waits for while it is imported.'],
    fixes: [
      'Connect in fixtures, with a time-out, never at import.',
      'Start at the innermost frame of your own code.',
    ],
  },
  COL056: {
    title: "project's collection that comes to no end",
    meaning:
      'pytest failed as a whole: a plugin or conftest raised an exception, its arguments or settings were refused, a signal or os._exit ended its process, or something stopped the session. No test can be run then.',
    causes: [
      'A plugin that is missing, or does not fit this version of pytest; an option in addopts that nobody knows.',
      'An extension module that crashes, or code that ends the process while it is imported.',
    ],
    fixes: [
      'Read the message: it names the plugin, option or file.',
      'Leave the plugin out (`-p no:NAME`); collect the named file alone with `python -X faulthandler -m pytest`.',
    ],
  },
  COL057: {
    title: "time that pytest's own figure hides",
    meaning:
      'pytest prints `collected in …` for the time between the start of its session and the end of collection. Starting Python, importing pytest, plugins and the first conftests, and tearing down come in addition, and take most of the time here.',
    causes: [
      'Heavy imports in plugins and conftests.',
      'Garbage collections at the end of the session (pytest 8.4 to 9.0).',
    ],
    fixes: [PROFILE],
  },
  COL061: {
    title: 'time that collection need not take',
    meaning:
      'A part of the time goes to something that can be changed: an import, conftest, plugin, hook or folder, bytecode that is not kept, a slow file system or an emulated processor. The message has the figures, the fix is one line.',
    causes: ['What the message names.'],
    fixes: ['What the finding proposes; compare with `seaworthy collect --compare` afterwards.'],
  },
  COL062: {
    title: 'memory that is not enough or grows',
    meaning:
      'Memory grows while files are collected, or is not enough for what is started: a kill for memory that an exit code hides, more workers than fit, a small /dev/shm.',
    causes: ['What the message names.'],
    fixes: ['What the finding proposes.'],
  },
  COL063: {
    title: 'tests that are made in vain',
    meaning:
      'Very many tests are made of few functions, or most of those made are deselected again. Each costs time and memory in every run, also where a single one is wanted.',
    causes: [
      'Products of several parametrize decorators.',
      'Markers or -k that select a small part of a large suite.',
    ],
    fixes: [
      'Loop inside one test where the cases need no report of their own.',
      'Name the paths of the part that is wanted.',
    ],
  },
  COL064: {
    title: 'surroundings that hurt collection',
    meaning:
      'The machine or container is set up in a way that makes collections slow or fragile: more workers than processors, a limit of descriptors that makes each start slow, an init process that ignores signals, a C library with small stacks, an extension that is missing, links that lead in circles.',
    causes: ['What the message names.'],
    fixes: ['What the finding proposes.'],
  },
  COL065: {
    title: 'threads or children that collection leaves',
    meaning:
      'Something that was imported or configured started a thread or a process which is still there at the end. A thread that is no daemon keeps the run from ending; a child survives it, holds its output open, and hangs CI jobs.',
    causes: ['Clients, servers and pools that are started at import.'],
    fixes: ['Start them in a fixture, and stop them in its teardown.'],
  },
} as const satisfies FindingCatalogue;
