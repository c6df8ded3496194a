import type { FindingCatalogue } from '@seaworthy/scenario';

/** What limits/cpu can find. */
export const limitsCpuFindings = {
  LIM010: {
    title: 'more CPU time than was meant',
    meaning:
      'A load was to take a share of the CPU quota that is in force, and took more, as the kernel counts it. Above 100 % the quota does not hold; below, what steers the load does not know the quota: it counts whole cores, or the clock on the wall. `stress-ng --cpu-load 70` in a container with a quarter of a core takes 97 % of its quota.',
    causes: [
      'Worker counts or loads taken from the cores of the machine (`os.cpu_count()`, `pytest -n auto`) and not from the quota.',
      'A duty cycle by the clock, which nothing corrects when the process is throttled.',
    ],
    fixes: [
      'Take the number of workers from the quota: `cpu.max` (v2) or `cpu.cfs_quota_us` / `cpu.cfs_period_us` (v1), rounded up; `pytest -n 1` for less than a core.',
      'Declare a quota for each service: `cpus: 0.5` in the compose file, `docker run --cpus 0.5`.',
    ],
  },
  LIM011: {
    title: 'less CPU time than the quota promises',
    meaning:
      'A load was to take a share of the CPU quota and got less, though the machine had time to give and the quota was not used up. Timeouts that fit the quota on paper are then too short.',
    causes: [
      'A second, smaller quota on an outer cgroup (systemd slice, Kubernetes pod, CI job).',
      'The containers are pinned to a few cores (`cpuset`) that others use as well.',
    ],
    fixes: [
      'Compare `cpu.max` of every cgroup in /proc/self/cgroup up to the top: the smallest is in force.',
      'Raise `cpus`, or the timeouts: a test with a quarter of a core takes four times as long.',
    ],
  },
  LIM012: {
    title: 'quota that never throttles',
    meaning:
      'A load asked for all of its CPU quota and more, and the kernel did not throttle it even once. The mean looks right by chance only (the load or the machine was slow), and nothing shows that a quota stops anyone.',
    causes: [
      'A quota above what the load can take: more cores than it has threads.',
      'A kernel without CFS bandwidth control.',
    ],
    fixes: [
      'Set `cpus` below the number of threads that are to be stopped: `cpus: 0.5`, `docker run --cpus 0.5`.',
    ],
  },
  LIM013: {
    title: 'load that goes on after its end',
    meaning:
      'The load was told to stop and said that it did, and in the second afterwards the sandbox still used CPU time as before. Such leftovers make the next tests slow, and nobody knows why.',
    causes: [
      'Threads or processes that nobody waits for: a thread pool that is not shut down, a busy loop, a spinning lock.',
      'A child that outlives the test which started it.',
    ],
    fixes: [
      'Join what was started: `with ThreadPoolExecutor() as pool`, `process.terminate(); process.wait()`.',
      'Let an init program collect orphans: `init: true` in the compose file, `docker run --init`.',
    ],
  },
} as const satisfies FindingCatalogue;
