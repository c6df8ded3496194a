import type { FindingCatalogue } from '@seaworthy/scenario';

/** What limits/configuration can find, beside LIM000. */
export const configurationFindings = {
  LIM050: {
    title: 'container without a memory limit',
    meaning:
      'A container of the project may take all memory of the machine it runs on. A leak in a test then does not end that test run: it ends whatever the kernel chooses, or makes the machine swap until nothing answers.',
    causes: [
      'The service has neither mem_limit nor deploy.resources.limits.memory, or one that is 0.',
      'The key has a slip in its name, so Compose passes over it or refuses the file.',
    ],
    fixes: [
      'Write `mem_limit: 512m` and `memswap_limit: 512m` into the service, with the size that it needs at its peak and a third on top.',
      '`seaworthy collect` and `memory/gradual` show how much that is.',
    ],
  },
  LIM051: {
    title: 'memory limit that is too small',
    meaning:
      'The memory limit is below what an interpreter with pytest and its plugins takes, so the container is killed (exit code 137) before or while tests are collected.',
    causes: [
      'A limit that was meant for a small helper, or a unit that was forgotten: `mem_limit: 512` is 512 bytes.',
    ],
    fixes: [
      'Raise it to 256m or more, and write the unit.',
      'Lower `minMemory` of limits/configuration where every container is known to need less.',
    ],
  },
  LIM052: {
    title: 'memory limit beyond what the machine can give',
    meaning:
      'The memory limit is so large that the machine runs out of memory before the container reaches it. It protects nothing: the kernel kills by its own choice, or the machine swaps.',
    causes: [
      'A limit that was copied from a larger machine, or set high to get rid of exit code 137.',
      'Engines accept any number, also more than there is.',
    ],
    fixes: [
      'Lower it below the memory of the smallest machine that runs it, with room for the machine itself.',
      'Raise `maxMemory` of limits/configuration where more than 8 GiB are really needed.',
    ],
  },
  LIM053: {
    title: 'swap that is not limited',
    meaning:
      'Beyond its memory limit the container may go on in swap. Tests then get slower by orders of magnitude instead of failing, and the whole machine with them.',
    causes: [
      '`memswap_limit: -1`.',
      'Without memswap_limit, engines allow as much swap as memory on top of the memory.',
    ],
    fixes: ['Write `memswap_limit` with the same size as `mem_limit`: both together then, and so no swap.'],
  },
  LIM054: {
    title: 'container that is not killed for memory',
    meaning:
      'With oom_kill_disable, a process that needs more memory than its limit is not ended but stopped, for ever: the container hangs, does not answer, and cannot be stopped in an orderly way.',
    causes: ['`oom_kill_disable: true`, mostly to get rid of exit code 137.'],
    fixes: ['Take `oom_kill_disable` away, and raise the memory limit or find what takes the memory.'],
  },
  LIM055: {
    title: 'place in memory that is larger than the memory limit',
    meaning:
      'Files on tmpfs and in /dev/shm are memory and count towards the limit. A place that may grow beyond the limit ends in a kill (exit code 137), where a full disk would have given a clear error.',
    causes: [
      'A tmpfs whose size is above the memory limit, or several that are together.',
      'A tmpfs without a size: half of the memory of the machine.',
    ],
    fixes: [
      'Give every tmpfs a size, such as `/tmp:size=64m` (of a volume: `tmpfs: {size: 64m}`), and keep them together well below mem_limit.',
    ],
  },
  LIM056: {
    title: 'machine that is too small',
    meaning:
      'The machine that containers run on has less memory or fewer cores than a dockerised test suite needs.',
    causes: ['A small virtual machine, such as that of Docker Desktop with its default size.'],
    fixes: [
      'Give the machine more than 2 GB of memory and at least 2 cores (Docker Desktop: Settings, Resources).',
    ],
  },
  LIM057: {
    title: 'CPU limit that is not set, or cannot be met',
    meaning:
      'Without a CPU limit a container takes all cores, and what runs beside it (a database, another job) times out. A limit above the cores of the machine is refused by engines.',
    causes: [
      'Neither `cpus` nor deploy.resources.limits.cpus is set, or it was copied from a larger machine.',
    ],
    fixes: ['Write `cpus: 1` into the service, or as many as the tests use at once.'],
  },
  LIM058: {
    title: 'container without a limit of processes',
    meaning:
      'A container of the project may start any number of processes and threads. A test that starts some for each of its runs takes the whole machine with it, where no program can be started any more.',
    causes: ['Neither `pids_limit` nor deploy.resources.limits.pids is set, or it is -1.'],
    fixes: ['Write `pids_limit: 256` into the service; each thread counts as one.'],
  },
  LIM059: {
    title: 'limit of open files that guards nothing',
    meaning:
      'Engines give containers their own limit of open files, often a million or none. A leak of files is then not found by tests, and programs that close every possible descriptor take minutes.',
    causes: ['`ulimits.nofile` is not set, or very high.'],
    fixes: [
      'Write `ulimits: {nofile: {soft: 1024, hard: 4096}}` into the service: what the programs see elsewhere.',
    ],
  },
  LIM060: {
    title: 'restart policy that does not fit',
    meaning:
      'A service that others need stays down after its first crash without a restart policy. A test run with one starts again and again, and hides that it failed.',
    causes: ['`restart` is not set for a service, or set for the one that runs the tests.'],
    fixes: ['`restart: unless-stopped` for services; `restart: "no"` for the container of the tests.'],
  },
  LIM061: {
    title: 'health check that is missing or too slow',
    meaning:
      'Without a health check nobody waits until a service answers, and tests fail by chance. One with the defaults needs 90 s to tell that something is wrong.',
    causes: [
      '`healthcheck` is not set, or disabled.',
      'interval times retries makes more than the limit; 0 for either is the default of engines.',
    ],
    fixes: [
      'Write a `healthcheck` with `interval: 5s` and `retries: 5`, and `condition: service_healthy` where it is waited for.',
    ],
  },
  LIM062: {
    title: 'container without an init program',
    meaning:
      'The first process of a container gets no default reaction to SIGTERM, and nobody collects processes whose parents ended. Stopping takes the whole patience of 10 s and ends with 137, and ended processes add up.',
    causes: ['`init: true` is not set.'],
    fixes: ['Write `init: true` into the service.'],
  },
  LIM063: {
    title: 'shared memory that is too small or too large',
    meaning:
      'Databases and browsers keep much in /dev/shm, whose default is 64 MB: they end with SIGBUS (exit code 135) or an error about it. What lies there counts towards the memory limit.',
    causes: ['`shm_size` is not set, or is most of the memory limit.'],
    fixes: ['Write `shm_size: 128m` into the service, or what it needs, at most half of its memory limit.'],
  },
  LIM064: {
    title: 'limits that the engine refuses',
    meaning:
      'A container with the limits that the compose file declares could not be made: `docker compose up` fails alike.',
    causes: [
      'More CPUs than the machine has, a memory limit below the least one, swap below memory, a ulimit above that of the machine.',
    ],
    fixes: [
      'Correct the line that the finding names; what the engine says stands in the evidence.',
      'A hard `nofile` may not be above `fs.nr_open` of the machine of the engine, mostly 1048576.',
    ],
  },
  LIM065: {
    title: 'compose file that may say something else than it means',
    meaning:
      'Compose would warn of something in the file: a key that it does not know, a variable that is not set.',
    causes: ['A slip in a name, or an environment in which a variable is missing.'],
    fixes: ['Correct the key, or give the variable a default: `${NAME:-value}`.'],
  },
  LIM066: {
    title: 'limits that were not read back',
    meaning:
      'What the compose file says was judged, and no container was looked at: whether the engine and its kernel really set those limits is not known.',
    causes: ['No container engine answers here, or it does not have the image yet.'],
    fixes: [
      'Start the engine, build or pull the images (`docker compose build`, `docker compose pull`), and run it again.',
    ],
  },
  LIM067: {
    title: 'limit of processes that is too small',
    meaning:
      'Each process and each thread counts. With a handful of them, a shell, an interpreter and what it starts do not fit: a test run ends with "Resource temporarily unavailable" or "can\'t start new thread", and none that measures can be held beside it.',
    causes: ['A `pids_limit` that was meant for a single program, or that does not count threads.'],
    fixes: [
      'Write `pids_limit: 256` into the service, or what its processes and threads need.',
      'Lower `minPids` of limits/configuration where every container is known to need fewer.',
    ],
  },
} as const satisfies FindingCatalogue;
