import type { ComposeLimits, ComposeUlimit, Placed } from '../compose-project.ts';
import { entryAt } from '../tree/node.ts';
import type { TreeNode } from '../tree/node.ts';
import { parseByteSize } from '../values/byte-size.ts';
import { mistake, shownPlace, unexpected } from '../values/mistake.ts';
import type { ValueReader } from '../values/read-values.ts';

/** What the kernel's scheduler counts quotas in, unless `cpu_period` says otherwise, µs. */
const DEFAULT_PERIOD_US = 100_000;

/** The limits of a service, in all their spellings. Two spellings that differ are a mistake, as for Compose itself. */
export function readLimits(service: ValueReader): ComposeLimits {
  const inDeploy = service.inner('deploy')?.inner('resources')?.inner('limits');
  const reserved = service.inner('deploy')?.inner('resources')?.inner('reservations');
  const memory = same(service, 'mem_limit', service.bytes('mem_limit'), inDeploy, inDeploy?.bytes('memory'));
  const cpus = same(service, 'cpus', service.number('cpus'), inDeploy, inDeploy?.number('cpus'));
  const pids = same(
    service,
    'pids_limit',
    service.wholeNumber('pids_limit', -1),
    inDeploy,
    inDeploy?.wholeNumber('pids', -1),
  );
  return {
    ...given('memory', memory),
    ...given('memorySwap', service.bytesOrNone('memswap_limit')),
    ...given('memoryReservation', service.bytes('mem_reservation') ?? reserved?.bytes('memory')),
    ...given('cpus', cpus ?? fromQuota(service)),
    ...given('pids', pids),
    ulimits: readUlimits(service),
    ...given('shm', service.bytes('shm_size')),
    tmpfs: [...readTmpfs(service), ...readTmpfsVolumes(service)],
    ...given('readOnlyRoot', service.flag('read_only')),
    ...given('init', service.flag('init')),
    ...given('oomKillDisable', service.flag('oom_kill_disable')),
    ...given('oomScoreAdjust', service.wholeNumber('oom_score_adj', -1000, 1000)),
  };
}

function given<Key extends string, Value>(
  key: Key,
  value: Placed<Value> | undefined,
): { readonly [K in Key]?: Placed<Value> } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Placed<Value> });
}

/** The value below `deploy` is the one that Compose hands to the engine. */
function same(
  service: ValueReader,
  key: string,
  own: Placed<number> | undefined,
  limits: ValueReader | undefined,
  deployed: Placed<number> | undefined,
): Placed<number> | undefined {
  if (own === undefined || deployed === undefined || limits === undefined) return deployed ?? own;
  if (own.value !== deployed.value)
    throw mistake(
      own.at,
      `${service.nameOf(key)} says something else than ${limits.nameOf('')}* at ${shownPlace(deployed.at)}, and Compose takes no two values for one limit. Keep one of them.`,
    );
  return deployed;
}

function fromQuota(service: ValueReader): Placed<number> | undefined {
  const quota = service.wholeNumber('cpu_quota', -1);
  const period = service.wholeNumber('cpu_period', 0)?.value ?? 0;
  if (quota === undefined) return undefined;
  return {
    value: Math.max(0, quota.value) / (period === 0 ? DEFAULT_PERIOD_US : period),
    at: quota.at,
  };
}

function readUlimits(service: ValueReader): readonly ComposeUlimit[] {
  const ulimits = service.inner('ulimits');
  if (ulimits === undefined) return [];
  return [...ulimits.map.entries].map(([name, { keyAt, node }]) => {
    if (node.kind === 'map') {
      const inner = ulimits.inner(name);
      const soft = inner?.wholeNumber('soft', -1);
      const hard = inner?.wholeNumber('hard', -1);
      if (soft === undefined || hard === undefined)
        throw unexpected(node, ulimits.nameOf(name), 'both soft and hard, or one number for both');
      if (hard.value !== -1 && (soft.value === -1 || soft.value > hard.value))
        throw mistake(
          soft.at,
          `${ulimits.nameOf(name)}: the soft limit ${String(soft.value)} is above the hard one, ${String(hard.value)}. Lower it.`,
        );
      return { name, soft: soft.value, hard: hard.value, at: soft.at };
    }
    const both = ulimits.wholeNumber(name, -1);
    if (both === undefined) throw mistake(keyAt, `${ulimits.nameOf(name)}: expected a number. Give one.`);
    return { name, soft: both.value, hard: both.value, at: both.at };
  });
}

type Tmpfs = ComposeLimits['tmpfs'][number];

/** `/run`, `/run:size=64m,mode=1777` */
function readTmpfs(service: ValueReader): readonly Tmpfs[] {
  const node = service.node('tmpfs');
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  return items.map((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string')
      throw unexpected(item, service.nameOf('tmpfs'), 'a path, such as /tmp or /tmp:size=64m');
    const [path = '', options = ''] = item.value.split(':');
    if (!path.startsWith('/')) throw unexpected(item, service.nameOf('tmpfs'), 'an absolute path');
    return { path, ...sizeOption(options, item, service.nameOf('tmpfs')), at: item.at };
  });
}

function sizeOption(options: string, item: TreeNode, key: string): { readonly bytes?: number } {
  const [, size] = /(?:^|,)size=([^,]*)/.exec(options) ?? [];
  // A share of the machine's memory: as good as no limit.
  if (size === undefined || size.endsWith('%')) return {};
  const bytes = parseByteSize(size);
  if (bytes === undefined) throw unexpected(item, key, 'a size in bytes, or such as size=64m');
  return bytes === 0 ? {} : { bytes };
}

function readTmpfsVolumes(service: ValueReader): readonly Tmpfs[] {
  const node = service.node('volumes');
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item): Tmpfs[] => {
    if (!isTmpfsVolume(item)) return [];
    const target = entryAt(item, 'target')?.node;
    if (target?.kind !== 'scalar')
      throw unexpected(item, service.nameOf('volumes'), 'a mapping with a target');
    const size = entryAt(item, 'tmpfs', 'size')?.node;
    const bytes = size?.kind === 'scalar' ? parseByteSize(String(size.value)) : undefined;
    if (size !== undefined && bytes === undefined)
      throw unexpected(size, `${service.nameOf('volumes')}.tmpfs.size`, 'a size, such as 64m');
    return [
      {
        path: String(target.value),
        isVolume: true,
        ...(bytes === undefined || bytes === 0 ? {} : { bytes }),
        at: size?.at ?? target.at,
      },
    ];
  });
}

/** Of the long form of a volume. */
export function isTmpfsVolume(item: TreeNode): boolean {
  const type = entryAt(item, 'type')?.node;
  return type?.kind === 'scalar' && type.value === 'tmpfs';
}
