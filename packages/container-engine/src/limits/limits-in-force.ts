import {
  readEffectiveLimitsOf,
  readText,
  type CgroupTexts,
  type EffectiveLimits,
  type ReadText,
} from '@seaworthy/cgroups';
import type { ContainerLimits } from '@seaworthy/scenario';
import type { ContainerParts } from '../containers/running-container.ts';
import { runInContainer } from '../containers/exec.ts';
import type { LimitsInForce } from '../model/limits-in-force.ts';
import { readDeclaredLimits } from './limits-of-engine.ts';
import { parseMounts, placesInMemory, type PlacesInMemory } from './mounts.ts';
import { parseProcessLimits } from './process-limits.ts';

interface Watched {
  readonly hostPid: number;
  /** Of its first process as this machine sees it; absent where it is not here. */
  readonly cgroupTexts: CgroupTexts | undefined;
}

/**
 * The limits that are really in force on a running container.
 *
 * @throws EngineError
 */
export async function readLimitsInForce(
  { hostPid, cgroupTexts }: Watched,
  parts: ContainerParts,
): Promise<LimitsInForce> {
  const seen = readEffectiveLimitsOf(cgroupTexts);
  if (seen !== undefined) {
    const found = together((file) => readText(`/proc/${hostPid}/${file}`), seen);
    if (found !== undefined) return { ...found, readFrom: 'kernel files' };
  }
  const inside = await readInside(parts);
  if (inside !== undefined) return { ...inside, readFrom: 'kernel files in the container' };
  return { ...(await readDeclaredLimits(parts.api, parts.id)), readFrom: 'engine' };
}

/** `undefined` where the process is gone, or may not be looked at. */
function together(proc: ReadText, cgroupLimits: EffectiveLimits): ContainerLimits | undefined {
  const [limits, mountinfo] = [proc('limits'), proc('mountinfo')];
  if (limits === undefined || mountinfo === undefined) return undefined;
  const mounts: PlacesInMemory = placesInMemory(parseMounts(mountinfo));
  const { memoryBytes, memorySwapBytes, cpus, pids } = cgroupLimits;
  return {
    ...(memoryBytes === undefined ? {} : { memoryBytes: memoryBytes.value }),
    ...(memorySwapBytes === undefined ? {} : { memorySwapBytes: memorySwapBytes.value }),
    ...(cpus === undefined ? {} : { cpus: cpus.value }),
    ...(pids === undefined ? {} : { pids: pids.value }),
    ulimits: parseProcessLimits(limits),
    ...mounts,
  };
}

/** By `cat`, where the image has one: containers see their own cgroup files in both versions. */
async function readInside(parts: ContainerParts): Promise<ContainerLimits | undefined> {
  const texts = new Map<string, string | undefined>();
  const fetch = async (path: string): Promise<string | undefined> => {
    const { code, stdout } = await runInContainer(parts, ['cat', path], { user: '0' });
    texts.set(path, code === 0 ? stdout : undefined);
    return texts.get(path);
  };
  try {
    const [cgroup, mountinfo] = [await fetch('/proc/1/cgroup'), await fetch('/proc/1/mountinfo')];
    await fetch('/proc/1/limits');
    if (cgroup === undefined || mountinfo === undefined) return undefined;
    const asked = new Set<string>();
    readEffectiveLimitsOf({ cgroup, mountinfo }, (path) => void asked.add(path));
    for (const path of asked) await fetch(path);
    const limits = readEffectiveLimitsOf({ cgroup, mountinfo }, (path) => texts.get(path));
    return limits === undefined ? undefined : together((file) => texts.get(`/proc/1/${file}`), limits);
  } catch {
    return undefined; // No `cat`, or no container any more: the engine's word is all there is.
  }
}
