import { nearestName } from '@seaworthy/scenario';
import type { ComposeWarning } from '../compose-project.ts';
import type { MapNode } from '../tree/node.ts';

/** @see https://docs.docker.com/reference/compose-file/services/ */
const KEYS: ReadonlySet<string> = new Set(
  `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count
  cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy
  develop device_cgroup_rules devices dns dns_opt dns_search domainname driver_opts entrypoint env_file environment expose
  extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation label_file labels links
  logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable
  oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles provider pull_policy read_only restart
  runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits
  use_api_socket user userns_mode uts volumes volumes_from working_dir`.split(/\s+/),
);

const LIMITS: ReadonlySet<string> = new Set(['cpus', 'memory', 'pids', 'devices']);

/** Keys that Compose does not know: a limit with a slip in its name is no limit. */
export function unknownKeys(map: MapNode, path: string, kind: 'service' | 'limits'): ComposeWarning[] {
  const known = kind === 'service' ? KEYS : LIMITS;
  return [...map.entries]
    .filter(([key]) => !known.has(key) && !key.startsWith('x-'))
    .map(([key, { keyAt }]) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return {
        kind: 'unknown-key',
        message: `${path}.${key} is no key that Compose knows${hint}`,
        location: keyAt,
      };
    });
}
