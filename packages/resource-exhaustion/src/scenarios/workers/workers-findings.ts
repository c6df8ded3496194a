import type { FindingCatalogue } from '@seaworthy/scenario';

/** What memory/workers can find: MEM040-049. */
export const workersFindings = {
  MEM040: {
    title: 'workers that do not get their memory side by side',
    meaning:
      'Several workers took memory at the same time, together well below the limit, and were to meet at a barrier and hold there. Too few came, or they were killed. So a parallel test run (`pytest -n`) fails where the same tests pass one after the other.',
    causes: [
      'Something else in the same container takes the memory: a server, a browser, the workers of another run.',
      'Each worker needs more beside its tests than was thought: interpreter, imports, fixtures for each worker.',
      'A limit of processes (`pids_limit`) that counts threads too.',
    ],
    fixes: [
      'Give as many workers as fit: limit divided by the peak of one worker (`pytest -n 2`, `--maxprocesses`).',
      'Raise `mem_limit`, or give servers a container of their own.',
    ],
  },
  MEM041: {
    title: 'memory that does not grow with the workers',
    meaning:
      'Twice as many workers held less than twice as much memory together, although there was room for it. More workers then bring nothing: they share what one alone would have had.',
    causes: [
      'A budget that is divided by the number of workers, while there is room for a whole one for each.',
      'Pages that are not written, or are shared (fork without a write, KSM).',
    ],
    fixes: ['Set the budget for each worker, and a budget for all by the limit in force.'],
  },
  MEM042: {
    title: 'memory that stays after the workers',
    meaning:
      'All workers gave their memory back and were ended, and much of it is still charged to the container. What each worker leaves adds up over a long run.',
    causes: [
      'A worker that lives on: one that was forked again, a daemon that a test started, one that ignores SIGTERM.',
      'Files in /dev/shm or in a tmpfs: shared memory of multiprocessing that nobody unlinked.',
    ],
    fixes: [
      'End the process group of a worker, not the worker alone.',
      'Unlink shared memory (`SharedMemory.unlink()`), and look at `ls /dev/shm` after a run.',
    ],
  },
  MEM043: {
    title: 'budget that each worker counts alone',
    meaning:
      'Workers went for more memory than there is, under a guard that was to refuse it. Each of them looked at what it holds itself, and so all were let pass, and the kernel killed one. A guard of the memory of a container must count all of it.',
    causes: [
      'A guard in each worker that compares its own RSS with the limit of the container.',
      'A guard that is looked at before a step and not again: several workers take the same room.',
    ],
    fixes: [
      'Compare the usage of the cgroup (`memory.current`, `memory.usage_in_bytes`) with its limit, or divide the limit by the number of workers.',
      'Let one process hand out the budget.',
    ],
  },
  MEM044: {
    title: 'workers that are treated unequally',
    meaning:
      'Of workers that asked for the same, some held much and others hardly any memory at the barrier. In a parallel run the tests of the latter fail by chance.',
    causes: [
      'A budget that is given to whoever asks first.',
      'Workers that start late, when the room is taken.',
    ],
    fixes: ['Give each worker its share of the budget before any of them begins.'],
  },
} as const satisfies FindingCatalogue;
