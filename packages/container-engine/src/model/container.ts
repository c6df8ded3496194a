import type { Readable, Writable } from 'node:stream';
import type { Cgroup } from '@seaworthy/cgroups';
import type { ContainerLimits } from '@seaworthy/scenario';
import type { LimitsInForce } from './limits-in-force.ts';

/** A throw-away container to be made. */
export interface ContainerSpec {
  /** Name or id of an image that the engine has: nothing is ever pulled. */
  readonly image: string;
  /** Short and kebab-case; becomes a part of the container's name. */
  readonly purpose: string;
  /** Replaces entry point and command of the image. */
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  readonly workingFolder?: string;
  readonly user?: string;
  readonly limits: ContainerLimits;
  /** `none` by default. */
  readonly network?: string;
  /** Folders of the engine's machine, mounted as they are (never with anonymous copies). */
  readonly mounts?: readonly { readonly from: string; readonly to: string; readonly writable?: boolean }[];
  /** `kill -9` of the tool closes the standard input of the container, on which what runs in it must end. */
  readonly stdin?: boolean;
  /** Added to the engine's own, 1000 for victims. */
  readonly oomScoreAdjust?: number;
  readonly cgroupParent?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** After it the container is killed by itself, ms since its start; an hour by default. */
  readonly deadlineMs?: number;
}

/** A container of ours, running. Disposing of it kills and removes it; the guard and the next start do so as well. */
export interface OwnedContainer extends AsyncDisposable {
  readonly id: string;
  readonly name: string;
  /** Of PID 1, as the engine's machine sees it. */
  readonly hostPid: number;
  /** Output is complete (both streams ended) before `exited` resolves. */
  readonly stdin?: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<ContainerExit>;
  /** Its cgroup in the file system of this machine; `undefined` where the engine runs on another one. */
  readonly cgroup?: Cgroup;
  kill(signal: NodeJS.Signals): Promise<void>;
  /**
   * Runs a program in it. It ends when its standard input is closed from outside only if it listens to that itself.
   *
   * @throws EngineError
   */
  exec(
    command: readonly [string, ...string[]],
    options?: ExecOptions,
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
  /** Puts a file into it, through the engine's archive interface; does not work on a read-only root (use a mount or stdin). */
  putFile(path: string, content: string | Uint8Array, mode?: number): Promise<void>;
  /**
   * The limits that are in force, read back from the kernel's files where those can be seen; `readFrom` says where not.
   *
   * @throws EngineError
   */
  effectiveLimits(): Promise<LimitsInForce>;
}

export interface ExecOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly workingFolder?: string;
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ContainerExit {
  readonly code: number;
  /** The engine's flag: some process in it was killed for memory, not necessarily the main one. */
  readonly oomKilled: boolean;
  /** What the engine says went wrong, such as a command that is not there. */
  readonly error?: string;
  /** The engine's events of this container while it ran, in order: `oom`, `die`, `exec_die`… with the engine's clock, ns. */
  readonly events: readonly {
    readonly action: string;
    readonly at: bigint;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

/** A limit that the engine or the kernel did not set as it was asked for. */
export interface LimitDifference {
  readonly name: keyof ContainerLimits | `ulimit ${string}` | `tmpfs ${string}`;
  readonly declared: number | boolean | undefined;
  /** `undefined`: not limited. */
  readonly effective: number | boolean | undefined;
}
