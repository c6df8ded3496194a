import { readFileSync } from 'node:fs';
import { hostname, release, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineFacts } from '../model/engine.ts';
import type { EngineApi } from './engine-api.ts';

/** What we use of `GET /version`. */
export interface VersionAnswer {
  readonly Version?: string;
  readonly ApiVersion?: string;
  readonly Components?: readonly { readonly Name?: string }[];
}

/** What we use of `GET /info`. */
export interface InfoAnswer {
  readonly CgroupVersion?: string;
  readonly CgroupDriver?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly Name?: string;
  readonly KernelVersion?: string;
  readonly MemTotal?: number;
  readonly NCPU?: number;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly PidsLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
}

/** Reads what an engine says of itself. Pure. */
export function factsFrom(
  version: VersionAnswer,
  info: InfoAnswer,
  rest: Pick<EngineFacts, 'local' | 'foundBy'>,
): EngineFacts {
  const podman = version.Components?.some(({ Name }) => Name === 'Podman Engine') === true;
  const rootless = info.SecurityOptions?.some((option) => /^name=rootless/.test(option)) === true;
  // Before Docker 20.10 engines knew version 1 only, and did not say so.
  const cgroupVersion = info.CgroupVersion === '2' ? 2 : 1;
  return {
    product: podman ? 'podman' : 'docker',
    version: version.Version ?? 'unknown',
    apiVersion: version.ApiVersion ?? 'unknown',
    cgroupVersion,
    rootless,
    memoryBytes: info.MemTotal ?? 0,
    cores: info.NCPU ?? 0,
    kernel: info.KernelVersion ?? 'unknown',
    cannotLimit: cannotLimit(info, rootless && cgroupVersion === 1),
    ...rest,
  };
}

/** Rootless engines may not write version 1 cgroups: they take limits and set none, without a word. */
function cannotLimit(info: InfoAnswer, helpless: boolean): string[] {
  const can: readonly (readonly [string, boolean | undefined])[] = [
    ['memory', info.MemoryLimit],
    ['swap', info.SwapLimit],
    ['cpus', info.CpuCfsQuota],
    ['pids', info.PidsLimit],
  ];
  const none = helpless || info.CgroupDriver === 'none';
  return can.filter(([, able]) => none || able === false).map(([name]) => name);
}

/** Looks at a container that runs, before it is taken for one of another machine. */
const LOOKS = 5;
const PAUSE_MS = 50;

/**
 * Whether the engine's containers can be seen from here. A running container decides: its first process is in our /proc
 * and in a cgroup that carries the container's id. Where none runs, the engine's host name, kernel and memory must be
 * ours; a container of ours is still only believed to be here when it proves it itself.
 */
export async function isLocal(api: EngineApi, info: InfoAnswer): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  if (info.KernelVersion !== release() || info.MemTotal !== totalmem()) return false;
  for (let tries = 0; tries < LOOKS; tries += 1) {
    if (tries > 0) await sleep(PAUSE_MS);
    const [running] = await api.json<{ Id: string }[]>('GET', '/containers/json', { query: { limit: 1 } });
    if (running === undefined) return info.Name === hostname();
    const seen = await api
      .json<{ State?: { Pid?: number } }>('GET', `/containers/${running.Id}/json`)
      .catch(() => undefined); // It may be gone by now.
    const pid = seen?.State?.Pid ?? 0;
    if (pid === 0) return info.Name === hostname();
    if (isFirstProcessOf(pid, running.Id)) return true;
    // It may have ended a moment ago, of which the engine has not heard yet.
  }
  return false;
}

/** Whether a process that can be seen from here is in the container of that id. */
export function isFirstProcessOf(pid: number, containerId: string): boolean {
  if (pid <= 0) return false;
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(containerId);
  } catch {
    return false;
  }
}
