import { hostname } from 'node:os';
import { readFileSync } from 'node:fs';
import { RUN_LABEL, type ContainerLimits } from '@seaworthy/scenario';
import type { ContainerSpec } from '../model/container.ts';

export const BOOT_LABEL = 'org.seaworthy.boot';
export const HOST_LABEL = 'org.seaworthy.host';
/** Seconds since 1970, after which nobody wants the container any more. */
export const DEADLINE_LABEL = 'org.seaworthy.deadline';

/** The body of `POST /containers/create`. */
export function createBody(spec: ContainerSpec, runId: string, deadlineMs: number): object {
  const [entrypoint, ...command] = spec.command;
  const { limits } = spec;
  return {
    Image: spec.image,
    Entrypoint: [entrypoint],
    Cmd: command,
    Env: Object.entries(spec.env ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(spec.workingFolder === undefined ? {} : { WorkingDir: spec.workingFolder }),
    ...(spec.user === undefined ? {} : { User: spec.user }),
    Labels: {
      ...spec.labels,
      [RUN_LABEL]: runId,
      [HOST_LABEL]: hostname(),
      [BOOT_LABEL]: bootId(),
      [DEADLINE_LABEL]: String(Math.ceil((Date.now() + deadlineMs) / 1000)),
    },
    Tty: false,
    AttachStdin: spec.stdin === true,
    OpenStdin: spec.stdin === true,
    // Once the connection of whoever is attached is gone, so is the standard input.
    StdinOnce: spec.stdin === true,
    AttachStdout: true,
    AttachStderr: true,
    // The image's own probes would run in a container that is not what they are for.
    Healthcheck: { Test: ['NONE'] },
    HostConfig: { ...hostConfigOf(limits), ...surroundingsOf(spec) },
  };
}

function hostConfigOf(limits: ContainerLimits): object {
  return withoutAbsent({
    Memory: limits.memoryBytes,
    MemorySwap: limits.memorySwapBytes,
    NanoCpus: limits.cpus === undefined ? undefined : Math.round(limits.cpus * 1e9),
    PidsLimit: limits.pids,
    ShmSize: limits.shmBytes,
    Ulimits: limits.ulimits?.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    Tmpfs:
      limits.tmpfs === undefined
        ? undefined
        : Object.fromEntries(
            limits.tmpfs.map(({ path, bytes }) => [path, bytes === undefined ? '' : `size=${bytes}`]),
          ),
    ReadonlyRootfs: limits.readOnlyRoot,
    Init: limits.init,
  });
}

function surroundingsOf(spec: ContainerSpec): object {
  return withoutAbsent({
    NetworkMode: spec.network ?? 'none',
    // How it ended is read after its end; who removes it is the workspace.
    AutoRemove: false,
    // Output goes to who is attached; nothing of it fills the engine's disk.
    LogConfig: { Type: 'none' },
    OomScoreAdj: spec.oomScoreAdjust,
    CgroupParent: spec.cgroupParent,
    Mounts: spec.mounts?.map(({ from, to, writable }) => ({
      Type: 'bind',
      Source: from,
      Target: to,
      ReadOnly: writable !== true,
    })),
  });
}

function withoutAbsent(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Of this machine, since the tool runs here; an empty text where the system does not tell. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
