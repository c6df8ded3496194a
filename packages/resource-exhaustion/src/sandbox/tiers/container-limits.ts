import { basename } from 'node:path';
import { onlyDefined, readEffectiveLimits, type Cgroup } from '@seaworthy/cgroups';
import type { LimitsInForce, OwnedContainer } from '@seaworthy/container-engine';
import type { ContainerLimits } from '@seaworthy/scenario';
import type { ConnectedKeeper } from '../../keeper/connect-keeper.ts';
import type { SandboxLimits } from '../../model/sandbox.ts';

/** Read back; what nobody could read is absent, and so not in force. */
export interface LimitsOfContainer {
  readonly effective: Partial<SandboxLimits>;
  readonly memorySwapBytes?: number;
}

/**
 * The limits that the kernel has set on a container. The engine's own word is none: it says what it was asked for. Where
 * nothing else is to be had from outside (an engine whose cgroups cannot be seen, an image without `cat`), the keeper reads.
 */
export async function limitsOfContainer(
  container: Pick<OwnedContainer, 'effectiveLimits'>,
  keeper: Pick<ConnectedKeeper, 'inside' | 'facts'>,
  diskFolder: string,
): Promise<LimitsOfContainer> {
  const told: ContainerLimits & Partial<Pick<LimitsInForce, 'readFrom'>> = await container.effectiveLimits();
  if (told.readFrom === 'engine') return limitsSeenInside(keeper, diskFolder);
  const { memoryBytes, memorySwapBytes, cpus, pids, ulimits, tmpfs } = told;
  const effective = onlyDefined({
    memoryBytes,
    cpus,
    pids,
    descriptors: ulimits?.find(({ name }) => name === 'nofile')?.soft,
    diskBytes: tmpfs?.find(({ path }) => path === diskFolder)?.bytes,
  });
  return { effective, ...onlyDefined({ memorySwapBytes }) };
}

/** Its cgroup, as if all of its files lay in one folder: they are found by their names. */
const OF_KEEPER = {
  folders: { memory: '/', cpu: '/', pids: '/' },
  tops: { memory: '/', cpu: '/', pids: '/' },
} as const satisfies Omit<Cgroup, 'version'>;

/** As the keeper reads them in the kernel's files inside. Its disk folder is a file system of its own, or the size is another's. */
export async function limitsSeenInside(
  { inside, facts }: Pick<ConnectedKeeper, 'inside' | 'facts'>,
  diskFolder: string,
): Promise<LimitsOfContainer> {
  const { version, texts } = await inside.cgroupTexts();
  const limits =
    version === 0 ? {} : readEffectiveLimits({ version, ...OF_KEEPER }, (path) => texts[basename(path)]);
  const disk = await inside.disk(diskFolder).catch(() => undefined);
  const effective = onlyDefined({
    memoryBytes: limits.memoryBytes?.value,
    cpus: limits.cpus?.value,
    pids: limits.pids?.value,
    descriptors: facts.descriptors,
    diskBytes: disk?.sizeBytes,
  });
  return { effective, ...onlyDefined({ memorySwapBytes: limits.memorySwapBytes?.value }) };
}
