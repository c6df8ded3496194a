import { readFileSync } from 'node:fs';
import { findCgroup, readEffectiveLimits, type Cgroup } from '@seaworthy/cgroups';
import type { ContainerLimits } from '@seaworthy/scenario';
import type { ContainerParts } from '../containers/running-container.ts';
import { runInContainer } from '../containers/exec.ts';
import { readDeclaredLimits } from './limits-of-engine.ts';
import { parseMounts, placesInMemory, type PlacesInMemory } from './mounts.ts';
import { parseProcessLimits } from './process-limits.ts';

/** Limits in force, and who told: the kernel's files seen from here, or from inside, or only the engine's own word. */
export interface LimitsInForce extends ContainerLimits {
  readonly readFrom: 'kernel files' | 'kernel files in the container' | 'engine';
}

/** Text of a file of the engine's machine, or as seen from inside the container. */
type Read = (path: string) => string | undefined;

interface Watched {
  readonly hostPid: number;
  readonly cgroup?: Cgroup;
}

/**
 * The limits that are really in force on a running container.
 *
 * @throws EngineError
 */
export async function readLimitsInForce(
  { hostPid, cgroup }: Watched,
  parts: ContainerParts,
): Promise<LimitsInForce> {
  if (cgroup !== undefined) {
    const proc: Read = (file) => readHere(`/proc/${hostPid}/${file}`);
    const found = together(proc, readEffectiveLimits(cgroup));
    if (found !== undefined) return { ...found, readFrom: 'kernel files' };
  }
  const inside = await readInside(parts);
  if (inside !== undefined) return { ...inside, readFrom: 'kernel files in the container' };
  return { ...(await readDeclaredLimits(parts.api, parts.id)), readFrom: 'engine' };
}

/** `undefined` where the process is gone, or may not be looked at. */
function together(
  proc: Read,
  cgroupLimits: ReturnType<typeof readEffectiveLimits>,
): ContainerLimits | undefined {
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
    const found =
      cgroup === undefined || mountinfo === undefined ? undefined : findCgroup({ cgroup, mountinfo });
    if (found === undefined) return undefined;
    const asked = new Set<string>();
    readEffectiveLimits(found, (path) => void asked.add(path));
    for (const path of asked) await fetch(path);
    const limits = readEffectiveLimits(found, (path) => texts.get(path));
    return together((file) => texts.get(`/proc/1/${file}`), limits);
  } catch {
    return undefined; // No `cat`, or no container any more: the engine's word is all there is.
  }
}

function readHere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
