import type { FindingCatalogue } from '@seaworthy/scenario';

/** What limits/combined can find. */
export const limitsCombinedFindings = {
  LIM040: {
    title: 'killed while several resources were short',
    meaning:
      'Memory, CPU time, descriptors and disk were each brought near their limits and none above, and a process was killed all the same. Limits that hold one by one do not fit together: mostly, a place in memory (tmpfs, /dev/shm) was taken for disk, but counts towards the memory limit.',
    causes: [
      'tmpfs or /dev/shm that nobody counted: `mem_limit` must hold the processes and all places in memory.',
      'Kernel memory: many open files, sockets and processes are charged as well.',
    ],
    fixes: [
      'Add the sizes of all tmpfs and of `shm_size` to what the processes need, and set `mem_limit` above the sum.',
      'Give the places smaller sizes: `tmpfs: ["/tmp:size=32m"]`, `shm_size: 16m`.',
    ],
  },
  LIM041: {
    title: 'no control during combined pressure',
    meaning:
      'While several resources were near their limits at once, control questions (open nothing, only answer) were not answered, or too late, or a process could not read what it had kept open for that. Whoever wanted to end the work in order could not have done so: health checks and shutdowns time out, and a kill is what remains.',
    causes: [
      'No descriptor in reserve: the process that steers cannot open what it needs.',
      'A quota so small that the steering waits for its next period behind the work.',
    ],
    fixes: [
      'Open what control needs at the start, and keep one descriptor to give up.',
      'Let control run in a process of its own, and raise `cpus` or the time-outs of health checks (`healthcheck: {timeout: 10s}`).',
    ],
  },
  LIM042: {
    title: 'no recovery from combined pressure',
    meaning:
      'The pressure was taken away, and too few of the resources came back to where they were. What stays is missing to everything that runs afterwards.',
    causes: [
      'A process that lives on and keeps what it took.',
      'Clean-up that fails for want of another resource: a file cannot be removed without a descriptor.',
    ],
    fixes: [
      'See in the evidence which resource is not back; limits/memory, limits/cpu, limits/descriptors and limits/disk look at each alone.',
      'End and restart workers after heavy tests.',
    ],
  },
  LIM043: {
    title: 'basic functions broken by combined pressure',
    meaning:
      'After several resources had been short at once and were given back, opening a file, starting a program or importing a module still did not work. Tests then fail in places that have nothing to do with the cause.',
    causes: [
      'No descriptor or process left for everyday things, and none kept in reserve.',
      'A state that a failed attempt leaves behind: caches of failed imports, pools that are closed for good.',
    ],
    fixes: [
      'Leave room in every limit: `ulimits: {nofile: 1024}` and `pids_limit: 256` for a usual test run.',
      'Start a fresh process after such an error.',
    ],
  },
  LIM044: {
    title: 'several resources cannot be used together',
    meaning:
      'Each resource was to be brought to its level at the same time, and fewer than needed came there, without the machine being too busy: they were refused below their limits. Limits that can be reached one by one cannot be reached together.',
    causes: [
      'One limit is used up by another resource: descriptors by memory-mapped files, memory by tmpfs, processes by threads.',
    ],
    fixes: ['See in the evidence which one was refused and with what error, and raise that limit.'],
  },
} as const satisfies FindingCatalogue;
