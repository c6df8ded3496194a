import type { FindingCatalogue } from '@seaworthy/scenario';

/** What collection/circular-imports can find. */
export const circularImportsFindings = {
  COL030: {
    title: 'collection that hangs in a circular import',
    meaning:
      'pytest was collecting test modules that import each other, and did not come to its end: it was stopped after the time in the evidence, which also shows where each thread stood and what it waited for. A circle of imports alone never hangs in CPython: it works or raises ImportError. Something in an import waits for what does not come.',
    causes: [
      'A module that waits while it is imported: for a lock, a socket, a child, another thread that has to import too.',
      'An import hook of a plugin (tracing, coverage, rewriting) that goes round in circles.',
    ],
    fixes: [
      'The innermost frame of the main thread is the line that waits: move it into a fixture or a function, and give it a time-out.',
      'To see it in your own suite: `python -X faulthandler -m pytest --collect-only -o faulthandler_timeout=30`.',
    ],
  },
  COL031: {
    title: 'test modules that collection loses',
    meaning:
      'pytest said nothing of some test modules: it reported no error for them, and did not find the tests in them. Such tests never run, and the suite stays green whatever breaks. The tree is a generated one, so every file and every test in it is known.',
    causes: [
      'A plugin or conftest with collect_ignore, collect_ignore_glob or pytest_ignore_collect that matches more than was meant.',
      'A configuration in a folder above: norecursedirs, python_files, testpaths.',
    ],
    fixes: [
      'Leave out plugins one by one (`-p no:NAME`) and compare the number of tests.',
      'Guard the number of tests: `seaworthy collect` records it, with a hash of their names.',
    ],
  },
  COL032: {
    title: 'import errors that collection swallows',
    meaning:
      'CPython cannot import some test modules: importing the same files in the same order without pytest raises the errors in the evidence. pytest nevertheless reported no error, so the tests in them are silently missing. A circular import that only crashes from one entry point goes unnoticed like this for years.',
    causes: [
      'A plugin or conftest that brings its own collector (pytest_pycollect_makemodule, pytest_collect_file) and catches what it raises.',
      'A hook that turns failed reports into passed ones (pytest_make_collect_report).',
      '`--continue-on-collection-errors` together with a reporter that hides errors.',
    ],
    fixes: [
      'Let ImportError through: pytest turns it into an error of that file, and exits with 2.',
      'Break the circle: `seaworthy imports` names the fewest imports to move.',
    ],
  },
  COL033: {
    title: 'import errors that only pytest sees',
    meaning:
      'pytest reported errors for test modules that CPython imports without one, in the same order. So it is not the circle: something that pytest loads changes how modules are imported, or what is already imported when their turn comes.',
    causes: [
      'A conftest or plugin that imports test modules, or modules they import, in another order than pytest does.',
      'A plugin that changes sys.path, sys.modules, or the import mode (`--import-mode`).',
      'Rewriting of assertions that fails on a module (a plugin of another version of Python).',
    ],
    fixes: [
      'Compare with `pytest -p no:NAME` for each plugin, and with `--assert=plain`.',
      'Break the circle: then the order does not matter any more.',
    ],
  },
  COL034: {
    title: 'circular imports that are collected too slowly',
    meaning:
      'A few test modules that import each other took longer to collect than the limit allows, though none of them hung. They define next to nothing, so the time goes into starting pytest, into plugins, or into finding modules.',
    causes: [
      'A plugin that works on every import or on every file.',
      'A slow file system, or a long sys.path that every import searches.',
    ],
    fixes: [
      'Look at where the time goes: `seaworthy collect` on your own suite.',
      'Raise `maxDuration` for machines that are this slow.',
    ],
  },
  COL035: {
    title: 'collection of circular imports that breaks down',
    meaning:
      'pytest did not come to its end while it collected test modules that import each other: it was killed or crashed, a plugin raised an exception, or pytest refused to start. What it was doing at that moment is in the evidence.',
    causes: [
      'A crash in an extension module (SIGSEGV, SIGABRT), or a process that was killed for its memory.',
      'A plugin or conftest that ends the process (os._exit, pytest.exit), or raises in one of its hooks.',
    ],
    fixes: [
      'For a signal: `python -X faulthandler -m pytest --collect-only` prints the stack at the crash.',
      'For a plugin: leave it out (`-p no:NAME`), or upgrade it.',
    ],
  },
} as const satisfies FindingCatalogue;
