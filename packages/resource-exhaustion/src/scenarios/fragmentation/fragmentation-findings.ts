import type { FindingCatalogue } from '@seaworthy/scenario';

/** What memory/fragmentation can find: MEM030-039. */
export const fragmentationFindings = {
  MEM030: {
    title: 'mixed allocations that do not fit',
    meaning:
      'Blocks of 1 KB to 256 KB, half of the memory limit together, were allocated and freed in quick succession, and the process was refused memory or killed. What an allocator adds to the blocks themselves must fit into the other half.',
    causes: [
      'An allocator that splits its memory into many arenas: glibc makes 8 for each core for programs with threads.',
      'Freed blocks that cannot be used for blocks of another size.',
    ],
    fixes: [
      'Set `MALLOC_ARENA_MAX=2` in the container.',
      'Try another allocator (jemalloc, mimalloc) with LD_PRELOAD.',
    ],
  },
  MEM031: {
    title: 'memory that stays though everything was freed and trimmed',
    meaning:
      'Everything was freed and the allocator was asked to give back what is free, but much of it is still charged. Few small objects are enough for that: one that lives pins the whole arena around it. CPython keeps objects below 512 bytes in arenas of 256 KB or 1 MB; one in a thousand kept can hold on to all of them.',
    causes: [
      'Small objects that outlive the large ones made beside them: caches, interned strings, log records, results of tests.',
      'A leak: references in a module, a closure, an exception with its traceback.',
    ],
    fixes: [
      'Make what lives long before what lives short, or in a process of its own.',
      'Let pytest-xdist restart its workers (`--max-worker-restart`, fewer tests each), or run suites in separate processes.',
    ],
  },
  MEM032: {
    title: 'freed memory that the allocator keeps',
    meaning:
      'Everything was freed, nobody asked the allocator to give it back, and much of it is still charged to the container. It is not lost, the process will use it again, but until then it counts against the limit: other processes in the container have that much less.',
    causes: [
      'glibc gives back the top of its heap alone, and raises its threshold for mmap up to 32 MB when large blocks are freed.',
      'A process that had a peak at the start and lives on.',
    ],
    fixes: [
      'Call `malloc_trim(0)` after a peak: `ctypes.CDLL(None).malloc_trim(0)`.',
      'Set `MALLOC_TRIM_THRESHOLD_=131072` and `MALLOC_MMAP_THRESHOLD_=131072`, which also keeps glibc from raising them.',
    ],
  },
  MEM033: {
    title: 'memory that grows from round to round',
    meaning:
      'The same amount was allocated and freed again and again, and its height grew from the first to the last round. The free memory in between could not be used again.',
    causes: [
      'Freed blocks lie between ones that live, and larger blocks do not fit in.',
      'A leak in each round.',
    ],
    fixes: ['Use blocks of few sizes (pools), or free them in the reverse order in which they were made.'],
  },
  MEM034: {
    title: 'no room for a large piece after everything was freed',
    meaning:
      'After everything was freed, one piece of half of that size could not be allocated. Free memory that cannot be used is as good as none.',
    causes: [
      'What was freed was not given back, and so the limit is reached.',
      'Another process of the container took the room.',
    ],
    fixes: ['See MEM032 for memory that the allocator keeps.', 'Allocate what is large first, and keep it.'],
  },
  MEM035: {
    title: 'process that does not answer after churning memory',
    meaning:
      'After the allocations the process was to open a file, start a program and import a module, and it failed, or took too long.',
    causes: ['It waits for memory (swap, `memory.high`).', 'It was suspended, or is out of CPU quota.'],
    fixes: ['Look at `memory.pressure` and `cpu.stat` (`nr_throttled`) of the container.'],
  },
} as const satisfies FindingCatalogue;
