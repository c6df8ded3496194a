import type { SourceLocation } from '@seaworthy/scenario';

/** A value of a compose file, and where it stands: of one that several files give, the last one. */
export interface Placed<Value> {
  readonly value: Value;
  readonly at: SourceLocation;
}

/** What one or several compose files say together, the way `docker compose` reads them. Plain data. */
export interface ComposeProject {
  /** What `docker compose` calls the project: it stands in front of its images and containers. */
  readonly name: string;
  readonly nameFrom: 'COMPOSE_PROJECT_NAME' | 'file' | 'folder';
  /** Absolute: relative paths of the first file begin here. */
  readonly folder: string;
  /** Absolute paths of all that was read, with what it includes and extends. */
  readonly files: readonly string[];
  readonly services: readonly ComposeService[];
  readonly networks: readonly ComposeResource[];
  readonly volumes: readonly ComposeResource[];
  /** What is no mistake, and may not be what was meant. */
  readonly warnings: readonly ComposeWarning[];
}

export interface ComposeWarning {
  readonly kind: 'unset-variable' | 'unknown-key' | 'no-environment-file';
  readonly message: string;
  readonly location: SourceLocation;
}

/** A network or volume of the top level. */
export interface ComposeResource {
  readonly name: string;
  readonly at: SourceLocation;
  readonly external: boolean;
  /** Its name in the engine, where the file gives one. */
  readonly engineName?: string;
  /** Of a network: no way out of it. */
  readonly internal?: boolean;
  readonly driver?: string;
}

export interface ComposeService {
  readonly name: string;
  /** Of its key. */
  readonly at: SourceLocation;
  /** Started by a plain `docker compose up`: it has no profile, or one that COMPOSE_PROFILES names. */
  readonly active: boolean;
  readonly profiles: readonly string[];
  readonly containerName?: Placed<string>;
  readonly image?: Placed<string>;
  readonly build?: ComposeBuild;
  /** A command that was one text is taken apart as a shell does. */
  readonly command?: Placed<readonly string[]>;
  readonly entrypoint?: Placed<readonly string[]>;
  /** A path inside the container. */
  readonly workingFolder?: Placed<string>;
  readonly user?: Placed<string>;
  /** With what `env_file` gives. Without a value, the variable is passed on from outside. */
  readonly environment: readonly ComposeVariable[];
  readonly labels: readonly ComposeVariable[];
  readonly dependsOn: readonly ComposeDependency[];
  readonly healthCheck?: ComposeHealthCheck;
  readonly restart?: Placed<RestartPolicy>;
  readonly limits: ComposeLimits;
  readonly ports: readonly ComposePort[];
  /** Networks it is in; `default` where it names none and sets no `network_mode`. */
  readonly networks: readonly ComposeServiceNetwork[];
  readonly networkMode?: Placed<string>;
  /** Mounts of every kind but tmpfs, which counts among the limits. */
  readonly volumes: readonly ComposeVolume[];
  /** Until SIGKILL, ms; the engine's default is 10 s. */
  readonly stopGraceMs?: Placed<number>;
  readonly stopSignal?: Placed<string>;
  readonly privileged?: Placed<boolean>;
  /** Containers of it. */
  readonly replicas?: Placed<number>;
}

export interface ComposeBuild {
  readonly at: SourceLocation;
  /** An absolute path, or an address. */
  readonly context: string;
  readonly dockerfile?: string;
  readonly target?: string;
}

export interface ComposeVariable {
  readonly name: string;
  readonly value?: string;
  readonly at: SourceLocation;
}

export interface ComposeDependency {
  readonly service: string;
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly required: boolean;
  /** It is restarted after `docker compose restart` of what it depends on. */
  readonly restart: boolean;
  readonly at: SourceLocation;
}

/** What is absent is left to the image, and then to the engine: every 30 s, 30 s patience, 3 times. */
export interface ComposeHealthCheck {
  readonly at: SourceLocation;
  /** `disable: true`, or `test: NONE`: the image's own is off as well. */
  readonly disabled: boolean;
  /** With `CMD` or `CMD-SHELL` in front. */
  readonly test?: Placed<readonly string[]>;
  readonly intervalMs?: Placed<number>;
  readonly timeoutMs?: Placed<number>;
  readonly startPeriodMs?: Placed<number>;
  readonly startIntervalMs?: Placed<number>;
  readonly retries?: Placed<number>;
}

export interface RestartPolicy {
  readonly policy: 'no' | 'always' | 'on-failure' | 'unless-stopped';
  readonly maxRetries?: number;
}

/** Limits as they are written, whichever of their spellings was used. */
export interface ComposeLimits {
  /** `mem_limit` or `deploy.resources.limits.memory`, bytes; 0: no limit, said on purpose. */
  readonly memory?: Placed<number>;
  /** `memswap_limit`: memory and swap together; -1: no limit. */
  readonly memorySwap?: Placed<number>;
  readonly memoryReservation?: Placed<number>;
  /** `cpus`, `deploy.resources.limits.cpus`, or `cpu_quota` divided by `cpu_period`; 0: no limit. */
  readonly cpus?: Placed<number>;
  /** `pids_limit` or `deploy.resources.limits.pids`; -1 and 0: no limit. */
  readonly pids?: Placed<number>;
  /** -1: no limit. */
  readonly ulimits: readonly ComposeUlimit[];
  readonly shm?: Placed<number>;
  /** `tmpfs`, and volumes of that type. */
  readonly tmpfs: readonly {
    readonly path: string;
    readonly bytes?: number;
    /** It is written as a volume of type tmpfs, whose size is a key of its own. */
    readonly isVolume?: true;
    readonly at: SourceLocation;
  }[];
  readonly readOnlyRoot?: Placed<boolean>;
  readonly init?: Placed<boolean>;
  readonly oomKillDisable?: Placed<boolean>;
  readonly oomScoreAdjust?: Placed<number>;
}

export interface ComposeUlimit {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
  readonly at: SourceLocation;
}

export interface ComposePort {
  /** A port or a range of ports inside the container, such as `80` or `3000-3005`. */
  readonly target: string;
  /** On the engine's machine; absent: one that the engine chooses. */
  readonly published?: string;
  readonly hostAddress?: string;
  readonly protocol: string;
  readonly at: SourceLocation;
}

export interface ComposeServiceNetwork {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly at: SourceLocation;
}

export interface ComposeVolume {
  readonly type: string;
  /** A volume's name, or an absolute path on the engine's machine; absent: an anonymous volume. */
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly at: SourceLocation;
}
