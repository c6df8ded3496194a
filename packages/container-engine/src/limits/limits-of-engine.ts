import type { ContainerLimits } from '@seaworthy/scenario';
import type { EngineApi } from '../connection/engine-api.ts';

/** Of `GET /containers/<id>/json`. Engines write 0 (or -1, for pids) for no limit. */
interface HostConfig {
  readonly Memory?: number;
  readonly MemorySwap?: number;
  readonly NanoCpus?: number;
  readonly CpuQuota?: number;
  readonly CpuPeriod?: number;
  readonly PidsLimit?: number | null;
  readonly ShmSize?: number;
  readonly Ulimits?:
    readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[] | null;
  readonly Tmpfs?: Readonly<Record<string, string>> | null;
  readonly ReadonlyRootfs?: boolean;
  readonly Init?: boolean | null;
}

const DEFAULT_PERIOD_US = 100_000;

/**
 * The limits that an engine says it was asked for; whether the kernel has set them is another question.
 *
 * @throws EngineError
 */
export async function readDeclaredLimits(api: EngineApi, containerId: string): Promise<ContainerLimits> {
  const { HostConfig: config } = await api.json<{ HostConfig: HostConfig }>(
    'GET',
    `/containers/${containerId}/json`,
  );
  return limitsFromHostConfig(config);
}

/** Pure, for containers of others as well. */
export function limitsFromHostConfig(config: HostConfig): ContainerLimits {
  const cpus =
    (config.NanoCpus ?? 0) > 0
      ? (config.NanoCpus ?? 0) / 1e9
      : (config.CpuQuota ?? 0) /
        (config.CpuPeriod === undefined || config.CpuPeriod === 0 ? DEFAULT_PERIOD_US : config.CpuPeriod);
  const swap = config.MemorySwap ?? 0;
  return {
    ...positive('memoryBytes', config.Memory),
    ...(swap === -1 ? { memorySwapBytes: -1 } : positive('memorySwapBytes', swap)),
    ...positive('cpus', cpus),
    ...positive('pids', config.PidsLimit ?? 0),
    ...positive('shmBytes', config.ShmSize),
    ulimits: (config.Ulimits ?? []).map(({ Name, Soft, Hard }) => ({ name: Name, soft: Soft, hard: Hard })),
    tmpfs: Object.entries(config.Tmpfs ?? {}).map(([path, options]) => {
      const size = sizeIn(options);
      return size === undefined ? { path } : { path, bytes: size };
    }),
    readOnlyRoot: config.ReadonlyRootfs === true,
    init: config.Init === true,
  };
}

function positive<Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> {
  return value === undefined || value <= 0 ? {} : ({ [name]: value } as Record<Name, number>);
}

function sizeIn(options: string): number | undefined {
  const match = /(?:^|,)size=(\d+)([kmg]?)/i.exec(options);
  if (match === null) return undefined;
  const power = ['', 'k', 'm', 'g'].indexOf(match[2]?.toLowerCase() ?? '');
  return Number(match[1]) * 1024 ** power;
}
