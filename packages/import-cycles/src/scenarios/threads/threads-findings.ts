import type { FindingCatalogue } from '@seaworthy/scenario';

/** What imports/threads can find. */
export const threadsFindings = {
  IMP041: {
    title: 'deadlock of threads that import',
    meaning:
      'Threads wait for each other in a ring: each holds a lock that another one wants, so none will ever go on, and pytest hangs without a word. CPython holds a lock of its own for every module that is being imported. It notices rings made of such import locks alone and breaks them, but it knows nothing of the locks of your code: one import lock and one lock of yours, taken in opposite order by two threads, is a deadlock for good. The evidence shows each thread with its stack, the lock it waits for and the thread that holds it; the ring was seen unchanged many times before it is reported.',
    causes: [
      'An import inside a `with lock:` block, while the module that it imports takes the same lock at module level.',
      'A module body that takes a lock, starts a thread and waits for it, or submits to an executor and asks for the result.',
      'Lazy imports in functions that are called by several threads while a lock is held (a cache, a registry, a logging handler).',
    ],
    fixes: [
      'Never import while a lock is held: put the import above the `with` statement, or at the top of the module.',
      'Take no lock and start no thread at module level; do it in a function that is called after the import.',
      'Import everything once in the main thread before other threads start (in conftest.py, for pytest).',
      'To see it in your own suite: `python -X faulthandler -m pytest -o faulthandler_timeout=30` prints the stack of every thread.',
    ],
  },
  IMP042: {
    title: 'thread that never finishes its import',
    meaning:
      'A thread stopped moving, and nothing it waits for is held by a thread that waits for it in turn: it waits for an event, a queue, a subprocess or the network, and nobody is going to answer. Or the interpreter gave no answer at all and had to be ended.',
    causes: [
      'A module body, or code called from it, waits for another thread that itself first has to import this module.',
      '`Event.wait()`, `Queue.get()`, `Thread.join()` or a socket without a timeout, at import time.',
      'A fork in a process with threads: the child inherits locks that nobody will release.',
    ],
    fixes: [
      'Give every wait a timeout.',
      'Move what waits out of the module body into a function.',
      'Use the `spawn` start method of multiprocessing instead of `fork`.',
    ],
  },
  IMP043: {
    title: 'thread that is given a half initialised module',
    meaning:
      'A thread died of an error in modules that import without an error in a single thread. When two threads import two modules of a circle at the same time, each holds one import lock and wants the other. CPython breaks that deadlock by handing one thread a module whose body is still being executed: everything below the import that closes the circle does not exist yet. Whether it happens depends on timing, so such tests fail now and then.',
    causes: [
      'Functions or constants that stand below a circular import and are used by another thread at once.',
      '`from other import name` in a circle: it needs the name at the time of the import.',
    ],
    fixes: [
      'Break the circle: imports/project names the fewest imports to move.',
      'Put the import that closes the circle below all definitions, or into the function that uses it.',
      'Import the modules once in the main thread before other threads start.',
    ],
  },
  IMP044: {
    title: 'threaded imports that take too long',
    meaning: 'The trials as a whole took longer than the limit allows, though none of them hung.',
    causes: [
      'The machine is overloaded, or starting an interpreter is slow here (a network file system, a large site-packages with .pth files).',
      'The interpreter has many import hooks.',
    ],
    fixes: [
      'Compare with `time python -I -c pass`: one interpreter should start in well under 100 ms.',
      'Raise `maxDuration` for slow machines.',
    ],
  },
} as const satisfies FindingCatalogue;
