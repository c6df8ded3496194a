import type { FindingCatalogue } from '@seaworthy/scenario';

/** What memory/gradual can find: MEM020-029. */
export const gradualFindings = {
  MEM020: {
    title: 'memory guard that does not stop in time',
    meaning:
      'A process took memory chunk by chunk, with a guard in front of it that is to refuse the next chunk before the limit is reached. It was killed all the same, or went up to the limit without a word from the guard. This is the death with exit code 137 and no traceback that a guard exists to prevent.',
    causes: [
      'The guard reads the memory of the machine (`psutil.virtual_memory()`, `os.totalmem()`, `free`, `systeminformation`) and not the limit of its container or cgroup.',
      'It looks at the memory of its own process, while others under the same limit take memory too.',
      'It looks too seldom: memory is taken at 1 to 3 GB a second.',
    ],
    fixes: [
      'Read the limit in force: `memory.max` (cgroup v2) or `memory.limit_in_bytes` (v1) of the own cgroup and of those around it; `readOwnLimits()` of @seaworthy/cgroups does.',
      'Compare with the usage of the whole cgroup (`memory.current`, `memory.usage_in_bytes`), before each large allocation.',
    ],
  },
  MEM021: {
    title: 'allocation that fails under the guard',
    meaning:
      'The guard let a chunk pass, and the kernel then refused it: a MemoryError (ENOMEM) reached the code in the middle of its work. Another limit than the one that the guard knows is lower.',
    causes: [
      'RLIMIT_AS or RLIMIT_DATA (`ulimit -v`, `ulimit -d`, LimitAS= of systemd) below the limit of the cgroup.',
      'Overcommit is off on the machine (`vm.overcommit_memory=2`).',
    ],
    fixes: [
      'Raise or remove the limit of the process: `ulimit -v unlimited`, `ulimits` in the compose file; the cgroup limits it anyway.',
      'Or let the guard know the lower limit: `resource.getrlimit(resource.RLIMIT_DATA)`.',
    ],
  },
  MEM022: {
    title: 'memory guard that stops too early',
    meaning:
      'The guard refused memory far below the limit in force. Tests are then skipped, or run with fewer workers, though there is room for them.',
    causes: [
      'The guard counts page cache as used, which the kernel gives back whenever it is needed.',
      'A threshold in absolute numbers that was meant for a smaller container.',
      'It reads a limit of another cgroup.',
    ],
    fixes: [
      'Subtract file pages: `inactive_file` and `active_file` of `memory.stat`.',
      'Give the threshold as a share of the limit in force, 80 to 90 %.',
    ],
  },
  MEM023: {
    title: 'gradual pressure that is only reserved',
    meaning:
      'The process says that it took memory, and the kernel charged hardly any: the pages were never written. So nothing is known of the guard.',
    causes: ['`bytes(n)`, `calloc` or `mmap` without writing: a page costs memory when it is first written.'],
    fixes: ['Write to every page: `bytearray(n)` does.'],
  },
  MEM024: {
    title: 'memory that does not come back',
    meaning:
      'Everything was given back and the process ended, but the memory charged to the sandbox did not come back to what it was before, or took too long.',
    causes: [
      'Another process in the container holds it (a forked worker, a daemon that a test started).',
      'Files in /tmp or /dev/shm in memory (tmpfs): they stay until they are removed.',
    ],
    fixes: [
      'End what tests start: process groups, `pytest-xdist` workers, servers.',
      'Remove files from tmpfs at the end of a session.',
    ],
  },
  MEM025: {
    title: 'unguarded memory that its limit does not contain',
    meaning:
      'The positive control took memory without a guard and must be ended by the limit of its sandbox. It was not: it was never over the limit, nothing stopped it, or something else ended it. Then the limit is no safety net, and what is said of the guard proves nothing.',
    causes: [
      'Swap takes what is over the limit.',
      'The limit is set, but not on the cgroup in which the process runs.',
      'A limit further up, or the memory of the machine, is lower.',
    ],
    fixes: [
      'Limit memory and swap together: `mem_limit: 512m` and `memswap_limit: 512m`.',
      'Make this limit the lowest of all around it.',
    ],
  },
  MEM026: {
    title: 'memory pressure that hurts its neighbours',
    meaning:
      'Pressure inside of a sandbox reached beyond it: a process outside was killed, refused memory or stood still, the first process of the container ended, or the engine no longer answered.',
    causes: [
      'The machine has less free memory than the limits of its containers together.',
      'The kernel chose another process than the one that took the memory.',
    ],
    fixes: [
      'Give each service its own limit, and let their sum stay below the memory of the machine.',
      'Let what may die have `oom_score_adj: 1000`.',
    ],
  },
  MEM027: {
    title: 'allocation that hangs',
    meaning:
      'The process took memory up to some point and then did not answer any more, neither with memory nor with an error, until its time was over. A hang costs more than a crash: a job waits for its whole timeout.',
    causes: [
      'The kernel may not kill (`oom_kill_disable`, `memory.high` far below `memory.max`): processes stand still in the kernel.',
      'Swap on a slow disk.',
      'A deadlock in the code that reacts to a lack of memory.',
    ],
    fixes: [
      'Remove `oom_kill_disable` (`--oom-kill-disable`) and `memory.high` from the container.',
      'Give pytest a timeout with a traceback: `faulthandler_timeout`, pytest-timeout.',
    ],
  },
} as const satisfies FindingCatalogue;
