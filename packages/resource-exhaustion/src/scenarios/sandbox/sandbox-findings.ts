import type { FindingCatalogue } from '@seaworthy/scenario';

/** What every scenario that runs in a sandbox can find about the sandbox itself. */
export const sandboxFindings = {
  LIM000: {
    title: 'limit that is declared but not in force',
    meaning:
      "A limit was asked for when the container (or cgroup) was made, and the kernel's own files say something else: there is no such limit, or another one. The engine did not complain. Everything that counts on the limit is unprotected, so nothing that rests on it can pass; the rest of the scenario is not run, since pressure without a limit would hit the whole machine.",
    causes: [
      'The kernel or the cgroup set-up cannot enforce it, and the engine only warns: `docker info` ends with lines such as `WARNING: No swap limit support` or `No cpu cfs quota support`.',
      'Rootless Docker or Podman without delegated controllers: memory, CPU and pids limits are then left out in silence.',
      'A compose file that sets `deploy.resources` for a tool which only reads `mem_limit`, `cpus` and `pids_limit`, or the reverse.',
      'A limit above what an outer cgroup (systemd slice, Kubernetes pod, CI job) allows.',
    ],
    fixes: [
      'Look at `docker info` for its warnings, and enable the controller that is named: `cgroup_enable=memory swapaccount=1` on the kernel command line, or `Delegate=cpu cpuset io memory pids` for rootless engines (`systemctl edit user@.service`).',
      'Write the limits in the form that your tool reads: `mem_limit: 512m`, `cpus: 0.5`, `pids_limit: 256`, `ulimits: {nofile: 1024}`; or `docker run --memory 512m --memory-swap 512m --cpus 0.5 --pids-limit 256 --ulimit nofile=1024:1024`.',
      'Read back what is in force: `docker exec CONTAINER cat /sys/fs/cgroup/memory.max` (cgroup v2) or `/sys/fs/cgroup/memory/memory.limit_in_bytes` (v1).',
    ],
  },
  LIM009: {
    title: 'limit checked at a smaller size than declared',
    meaning:
      'The project declares a larger memory limit than a sandbox is given, so what rests on it was tried in a smaller sandbox. A share of a limit behaves the same under a small limit as under a large one; that a machine can really give as much memory as is declared is not shown by it.',
    causes: [
      'The declared limit is above 1 GiB, and no sandbox is given more: filling it would take long and show nothing more.',
      'A limit that is meant as no limit, such as `mem_limit: 64g` on a machine with 24 GiB: there the kernel runs out of memory before the limit is reached.',
    ],
    fixes: [
      'Where the limit is what the tests need and the machine has it, nothing is to be done.',
      'Where it is above the memory of the machine, declare what the tests really need: `mem_limit: 2g` in the compose file, `docker run --memory 2g`.',
    ],
  },
} as const satisfies FindingCatalogue;
