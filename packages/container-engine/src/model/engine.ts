import type Dockerode from 'dockerode';
import type { EngineEndpoint } from '@seaworthy/scenario';

/** A container engine that answered. */
export interface ContainerEngine {
  readonly endpoint: EngineEndpoint;
  readonly facts: EngineFacts;
  /** For what we have no function for; every request of it has the timeout that `connectEngine` was given. */
  readonly client: Dockerode;
}

export interface EngineFacts {
  readonly product: 'docker' | 'podman';
  /** Such as `28.2.2`. */
  readonly version: string;
  /** Such as `1.41`. */
  readonly apiVersion: string;
  readonly cgroupVersion: 1 | 2;
  readonly rootless: boolean;
  /** Its containers' processes and cgroups can be seen from here: the engine runs on this machine and kernel. */
  readonly local: boolean;
  /** Of the engine's machine. */
  readonly memoryBytes: number;
  readonly cores: number;
  readonly kernel: string;
  /** Limits that its kernel cannot set, as it warns itself, such as `swap`. */
  readonly cannotLimit: readonly string[];
  /** How we came to it: `DOCKER_HOST`, `context desktop-linux`, `/var/run/docker.sock`. */
  readonly foundBy: string;
}
