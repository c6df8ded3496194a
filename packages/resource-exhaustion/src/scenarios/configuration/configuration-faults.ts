import type { Fault } from '@seaworthy/scenario';
import { bytesAsText } from '../../safety/bytes-as-text.ts';
import type {
  ConfigurationObservation,
  DeclaredService,
  SeenContainer,
} from './configuration-observation.ts';
import type { ConfigurationPlan, ServiceChange } from './configuration-plan.ts';

type ConfigurationFault = Fault<ConfigurationPlan, ConfigurationObservation>;

const GIB = 2 ** 30;

/** What was seen of the service that the fault is in; the container is there only where an engine and its image are. */
interface Seen {
  readonly service: DeclaredService;
  readonly container: SeenContainer | undefined;
}

function changing(
  change: ServiceChange,
  about: Pick<ConfigurationFault, 'id' | 'breaks' | 'raises'>,
  applied: (seen: Seen) => string | undefined,
): ConfigurationFault {
  return {
    ...about,
    inject: (plan) => ({ ...plan, change }),
    applied: ({ services, containers, changed }) => {
      const service = services.find(({ name }) => name === changed) ?? services[0];
      if (service === undefined) return undefined;
      const container = containers.find((one) => one.kind === 'trial' && one.service === service.name);
      return applied({ service, container });
    },
  };
}

const withoutMemory = changing(
  { memory: null, memorySwap: null },
  { id: 'no-memory-limit', breaks: 'the memory limit is taken out of the compose file', raises: 'LIM050' },
  ({ service, container }) => {
    if (service.limits.memory !== undefined) return undefined;
    if (container?.effective === undefined) return `no memory limit is declared for ${service.name}`;
    return container.effective.memoryBytes === undefined
      ? `the kernel's files show no memory limit for a container of ${service.name}`
      : undefined;
  },
);

const tooLarge = changing(
  { memory: 64 * GIB, memorySwap: 64 * GIB },
  { id: 'memory-of-64g', breaks: 'the memory limit is 64 GiB, more than is good anywhere', raises: 'LIM052' },
  ({ service, container }) => {
    if (service.limits.memory?.value !== 64 * GIB) return undefined;
    const effective = container?.effective?.memoryBytes;
    if (container?.effective === undefined) return `a limit of 64 GiB is declared for ${service.name}`;
    return effective === undefined || effective > 63 * GIB
      ? `the engine made a container with ${effective === undefined ? 'no limit' : bytesAsText(effective)} without a word`
      : undefined;
  },
);

const none = changing(
  { memory: 0, memorySwap: null },
  { id: 'memory-of-0', breaks: 'the memory limit is 0, which engines take for none', raises: 'LIM050' },
  ({ service, container }) =>
    service.limits.memory?.value === 0 && container?.effective?.memoryBytes === undefined
      ? `a limit of 0 is declared for ${service.name}`
      : undefined,
);

const unlimitedSwap = changing(
  { memorySwap: -1 },
  { id: 'swap-without-limit', breaks: 'swap is not limited any more', raises: 'LIM053' },
  ({ service }) =>
    service.limits.memorySwap?.value === -1 ? `memswap_limit of ${service.name} is -1` : undefined,
);

const neverKilled = changing(
  { oomKillDisable: true },
  { id: 'oom-kill-disabled', breaks: 'the kernel may not kill the container for memory', raises: 'LIM054' },
  ({ service }) =>
    service.limits.oomKillDisable?.value === true ? `oom_kill_disable of ${service.name} is true` : undefined,
);

const withoutPids = changing(
  { pids: null },
  {
    id: 'no-pids-limit',
    breaks: 'the limit of processes is taken out of the compose file',
    raises: 'LIM058',
  },
  ({ service, container }) => {
    if (service.limits.pids !== undefined) return undefined;
    if (container?.effective === undefined) return `no limit of processes is declared for ${service.name}`;
    return `the kernel's files show ${container.effective.pids === undefined ? 'no limit of processes' : `only the limit of a group around it, ${String(container.effective.pids)} processes,`} for a container of ${service.name}`;
  },
);

const fewPids = changing(
  { pids: 2 },
  { id: 'pids-of-2', breaks: 'two processes are all that the container may have', raises: 'LIM067' },
  ({ service }) =>
    service.limits.pids?.value === 2 ? `a limit of 2 processes is declared for ${service.name}` : undefined,
);

const hugeTmpfs = changing(
  { tmpfs: { path: '/seaworthy-scratch', bytes: 64 * GIB } },
  { id: 'tmpfs-of-64g', breaks: 'a place in memory may grow to 64 GiB', raises: 'LIM055' },
  ({ service }) => {
    const place = service.limits.tmpfs.find(({ bytes = 0 }) => bytes === 64 * GIB);
    return place === undefined ? undefined : `${place.path} of ${service.name} may hold 64 GiB`;
  },
);

/** Only an engine can pass over a limit; without one, `applied` says that nothing was put in. */
const passedOver: ConfigurationFault = {
  id: 'engine-ignores-pids',
  breaks: 'the engine passes over the limit of processes without a word',
  raises: 'LIM000',
  inject: (plan) => ({ ...plan, leaveOut: ['pids'] }),
  applied: ({ containers }) => {
    const tried = containers.filter(({ kind, declared }) => kind === 'trial' && declared.pids !== undefined);
    const without = tried.find(({ declared, effective }) => effective?.pids !== declared.pids);
    return without === undefined
      ? undefined
      : `${without.name} was made without its limit of ${String(without.declared.pids)} processes`;
  },
};

/** Ways in which limits can be missing, senseless, or not in force. */
export const configurationFaults: readonly ConfigurationFault[] = [
  withoutMemory,
  tooLarge,
  none,
  unlimitedSwap,
  neverKilled,
  withoutPids,
  fewPids,
  hugeTmpfs,
  passedOver,
];
