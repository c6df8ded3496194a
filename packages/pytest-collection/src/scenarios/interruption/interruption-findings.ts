import type { FindingCatalogue } from '@seaworthy/scenario';

/** What collection/interruption can find. */
export const interruptionFindings = {
  COL040: {
    title: 'pytest that does not stop in time',
    meaning:
      'SIGINT (Ctrl-C, or what a CI system sends when a job is cancelled) came while pytest was collecting, and the process took longer to end than it may. CI systems and container engines do not wait: after some seconds they send SIGKILL, and no report, no coverage and no cleaning up is left.',
    causes: [
      'A thread that is no daemon: Python waits for it at its end, however long it runs.',
      'A long call of C code (a regular expression, a query, a compression), which Python cannot interrupt.',
      'A function registered with atexit, or a fixture or plugin, that waits while it cleans up.',
    ],
    fixes: [
      'Start threads with daemon=True, or end them in the fixture that started them.',
      'Give every wait a time-out; run what takes long in a child process.',
      'Where pytest is process 1 of a container, give it an init: `docker run --init`, `init: true` in a compose file.',
    ],
  },
  COL041: {
    title: 'pytest that ignores an interruption',
    meaning:
      'SIGINT came while pytest was collecting, and pytest went on to the end as if nothing had happened, with an exit code that says so. Somebody who presses Ctrl-C waits in vain; a CI job that is cancelled runs on until it is killed. As a warning: the interruption was taken for an error of the file that was being imported, and all other files were collected before pytest stopped.',
    causes: [
      'A module that catches everything around its work (`except:` or `except BaseException:`) and tries again: KeyboardInterrupt is caught with the rest.',
      'A library that sets its own handler for SIGINT while it is imported, or ignores it, and does not set it back.',
      'pytest before 8.2: it takes a Ctrl-C that comes while a file is imported for an error of that file.',
      'A parent process that ignores SIGINT: children inherit that (`sh -c "pytest &"`, some init scripts).',
    ],
    fixes: [
      'Catch `Exception` instead of everything.',
      'Do not touch signals at import; use `signal.signal` in a fixture that restores the handler.',
      'See who does it: `python -c "import signal, yourmodule; print(signal.getsignal(signal.SIGINT))"`.',
    ],
  },
  COL042: {
    title: 'other tests after an interruption',
    meaning:
      'A tree was collected undisturbed, then interrupted while it was collected, then collected once more: the last run did not find the same tests as the first, by the hash of their names, or failed. So an interrupted run leaves something that changes the runs after it, and a suite may lose tests without a word until someone clears a cache.',
    causes: [
      'A plugin that keeps a list of files or tests between runs and saves half of it when it is interrupted.',
      'A lock or marker file that is not removed.',
      'pytest options that select by the last run (`--lf`, `--ff`, `--sw`, `--nf`) in addopts.',
    ],
    fixes: [
      'Run with `--cache-clear` once, and with `-p no:cacheprovider` to see whether it is the cache.',
      'Save state when a session has finished (pytest_sessionfinish with exit status 0 or 1), into a new file that is renamed.',
    ],
  },
  COL043: {
    title: 'processes that outlive an interrupted run',
    meaning:
      'pytest was interrupted and ended, but processes that it had started did not. They keep ports, locks, files and memory; on a build server they pile up, and in a container they keep it from stopping. They were found by a mark in their environment, so those in a session of their own are counted too, and they have been ended now.',
    causes: [
      'A conftest or plugin that starts a server when it is imported, and ends it in a hook that an interruption skips.',
      'A child in a session of its own (`start_new_session=True`, `setsid`, daemons), which no signal to the group reaches.',
    ],
    fixes: [
      'Start processes in a fixture, and end them after its yield: that is done when pytest is interrupted too.',
      'On Linux let the kernel do it: prctl(PR_SET_PDEATHSIG) in the child.',
    ],
  },
  COL044: {
    title: 'bytecode that an interrupted run has spoilt',
    meaning:
      'The interrupted run left bytecode files (.pyc) that Python cannot load, or that the next run cannot use. Python trusts the header of such a file and fails at the rest: `EOFError: marshal data too short`, at every run, until someone removes the file. As a warning: half-written files beside the real ones, which nobody reads.',
    causes: [
      'A plugin or tool that compiles modules in place (py_compile and compileall do not, nor does pytest).',
      'A full disk, or a file system that loses what was renamed (some network and overlay file systems).',
    ],
    fixes: [
      'Remove the `__pycache__` folders of the project.',
      'In an image: compile once when it is built (`python -m compileall`), and set PYTHONDONTWRITEBYTECODE=1 at run time.',
    ],
  },
  COL045: {
    title: 'collection that breaks down by itself',
    meaning:
      'A generated tree of test files could not be collected even undisturbed, or the process came to an end, when it was interrupted, that has nothing to do with an interruption: it crashed, was killed for memory, or a plugin raised an exception. So nothing can be said of interruptions.',
    causes: [
      'A plugin that does not fit this version of pytest or Python.',
      'A handler for SIGINT in C code that crashes.',
      'Too little memory.',
    ],
    fixes: [
      'See the evidence for what was raised, and where; leave out the plugin (`-p no:NAME`).',
      'Run collection/simple-1000 first: it says more about an undisturbed collection.',
    ],
  },
  COL046: {
    title: 'exit status 2 that hides what it is for',
    meaning:
      'pytest exits with 2 for a Ctrl-C, for a file that cannot be imported, and for a circular import alike. From what pytest says while it runs, these can be told apart; here they could not: for a tree with a known fault, something else was reported than what is broken. A CI job that takes one for the other repeats what can never work, or drops what would have.',
    causes: [
      'A plugin or conftest that hides errors of collection, or changes the exit status (pytest_sessionfinish).',
      'A plugin that catches KeyboardInterrupt and reports it as an error.',
    ],
    fixes: [
      'Leave out plugins one by one (`-p no:NAME`) until the three are told apart.',
      'Let hooks that change reports (pytest_make_collect_report) leave failed ones alone.',
    ],
  },
} as const satisfies FindingCatalogue;
