import type { FindingCatalogue } from '@seaworthy/scenario';

/** What limits/memory can find. */
export const limitsMemoryFindings = {
  LIM001: {
    title: 'memory limit that stops nothing',
    meaning:
      'A process went for more memory than the limit that the kernel says is in force, and was neither killed nor refused, or the kernel kept a peak above the limit. A limit that is written down and does not hold is worse than none: test runs then take the memory of databases and of the machine.',
    causes: [
      'Swap: without `memswap_limit` a container may take as much swap again as it has memory, and becomes slow instead of ending.',
      'The limit belongs to another cgroup than the one in which the processes run (a parent, a sibling of the engine).',
      'A soft limit (`mem_reservation`, `memory.high`), which slows down and does not stop.',
    ],
    fixes: [
      'Set memory and swap to the same value: `mem_limit: 512m` and `memswap_limit: 512m`, or `docker run --memory 512m --memory-swap 512m`.',
      'Compare `memory.max` (v2) or `memory.limit_in_bytes` (v1) of the cgroup in /proc/self/cgroup of the process that takes the memory.',
    ],
  },
  LIM002: {
    title: 'memory level that cannot be reached and held',
    meaning:
      'Memory was to be brought to a share of the limit and kept there, as seen from outside in the kernel’s own count. It was refused or killed below the limit, came too late, or did not stay. Programs that count on their limit get less than they were promised.',
    causes: [
      'Another limit is reached first: an outer cgroup, RLIMIT_AS or RLIMIT_DATA, the memory of the machine.',
      'Something else in the same container takes and gives back memory at the same time.',
      'The container gets so little CPU that filling its memory takes longer than half a minute.',
    ],
    fixes: [
      'See which limit refused: the evidence names the error and where memory stood. Raise that limit, or lower this one: `mem_limit` must be the smallest of all.',
      'Give tests a container of their own, so that only they use its memory.',
    ],
  },
  LIM003: {
    title: 'memory that is only reserved',
    meaning:
      'The process says that it holds memory, and the kernel has charged hardly any: the pages were never written. Such pressure tests nothing (a page costs memory when it is first written), so nothing is said about the limit.',
    causes: [
      '`bytes(n)`, `calloc`, `mmap` or `Buffer.alloc` reserve zero pages which the kernel only makes when they are written.',
      'Pages that are merged or compressed by the kernel (KSM, zram).',
    ],
    fixes: [
      'Write to every page: `bytearray(n)` does, `memset` with something else than 0 does, or one byte every 4096.',
    ],
  },
  LIM004: {
    title: 'memory peak too near the limit',
    meaning:
      'Memory was kept at a level below the limit, and its peak, as the kernel keeps it, still came close to the limit. A kill needs no more than one moment: what steers by a level must count everything that is charged, and take small steps near its target.',
    causes: [
      'Steps that are larger than the room that is left.',
      'Memory that was not counted: page cache that cannot be taken back, tmpfs and /dev/shm, the kernel’s own.',
    ],
    fixes: [
      'Leave more room: a lower level, smaller steps, or a higher `mem_limit`.',
      'Count tmpfs and /dev/shm as memory: they are charged to the container.',
    ],
  },
  LIM005: {
    title: 'memory that is not given back',
    meaning:
      'All that was taken was given back and its processes ended, and the sandbox still has more memory charged than before. The next test begins with less, until one is killed which did nothing wrong.',
    causes: [
      'A process that lives on and keeps what it took.',
      'Files in tmpfs or /dev/shm: memory until they are removed.',
    ],
    fixes: [
      'End or restart what holds the memory after heavy tests (pytest-xdist: `--maxprocesses`, `--max-worker-restart`; one container for a job).',
      'Remove temporary files at the end of each test (`tmp_path_retention_policy = "none"` for pytest).',
    ],
  },
  LIM006: {
    title: 'killed by something else than its own limit',
    meaning:
      'A process that went over the memory limit was ended, but not by this limit: an outer cgroup, the whole machine, or an ordinary SIGKILL did it. Then the limit protects nobody: whoever else lives under that outer limit can be killed in its place.',
    causes: [
      'The limit is higher than that of an outer cgroup, or than the memory that is free.',
      'A memory watcher such as earlyoom, systemd-oomd or a job scheduler.',
    ],
    fixes: [
      'Set `mem_limit` below the outer limit and below the free memory of the machine; the evidence names the cgroup.',
    ],
  },
  LIM007: {
    title: 'somebody else was hurt',
    meaning:
      'When one process went over the memory limit, another one died, or a process outside stood still. The kernel takes the process with the most memory and the highest oom_score_adj under the limit, not the one that asked last: in a test container that may be the database, the runner, or the shell that was to report.',
    causes: [
      'Several programs under one limit, and the one that grew was not the largest.',
      'No limit of its own for the part that grows.',
      'A machine so short of memory that everything waits.',
    ],
    fixes: [
      'Give each service its own container and its own `mem_limit`.',
      'Raise the score of what may die: `oom_score_adj: 1000` in the compose file for workers, or `echo 1000 > /proc/self/oom_score_adj` in the worker.',
    ],
  },
} as const satisfies FindingCatalogue;
