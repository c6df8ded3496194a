import type { SourceLocation } from './finding.ts';

/** Where a container engine answers. Plain data, so that whoever reads of it in a ledger can reach the engine as well. */
export type EngineEndpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      /** Paths of PEM files; absent for an engine without TLS. */
      readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
    };

/** The limits that a container can be given. What is absent is not limited (or left to the engine's default). */
export interface ContainerLimits {
  readonly memoryBytes?: number;
  /** Memory and swap together, as `docker run --memory-swap`; -1: no limit. */
  readonly memorySwapBytes?: number;
  /** Cores, such as 0.25. */
  readonly cpus?: number;
  /** Processes and threads. */
  readonly pids?: number;
  readonly ulimits?: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  /** Size of /dev/shm. */
  readonly shmBytes?: number;
  /** Places in memory, each with its size where it has one. */
  readonly tmpfs?: readonly { readonly path: string; readonly bytes?: number }[];
  readonly readOnlyRoot?: boolean;
  /** PID 1 is a small init program of the engine. */
  readonly init?: boolean;
}

/**
 * What is validated. `host`: the interpreter and machine that seaworthy runs on. `image`: throw-away containers of the
 * project's own image, with the limits that its compose file or the configuration declares.
 */
export type Subject =
  | { readonly kind: 'host' }
  | {
      readonly kind: 'image';
      readonly endpoint: EngineEndpoint;
      /** The image's id, so that it stays the same during a run. */
      readonly image: string;
      /** What the project calls it, such as `shop-tests:latest`. */
      readonly name: string;
      /** As declared; what is in force is read back from each container. */
      readonly limits: ContainerLimits;
      /** Where `limits` are declared. */
      readonly declaredAt?: SourceLocation;
      /** Service of the compose file. */
      readonly service?: string;
      /** The interpreter that has pytest in it, absolute in the image; absent in an image without Python. */
      readonly python?: {
        readonly executable: string;
        readonly version: string;
        /** Version of its pytest; `none` where it has none, absent where nobody asked. */
        readonly pytest?: string;
      };
      /** What the project starts as process 1 of its container: entry point and command; absent where nobody asked. */
      readonly command?: readonly string[];
      /** The project's folder inside the image, where it has one of its own there. */
      readonly workingFolder?: string;
    };
