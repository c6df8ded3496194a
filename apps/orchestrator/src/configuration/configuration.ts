/** What a project may say in its `seaworthy.config.ts` (or .mts, .js, .mjs, .json, or `seaworthy` in package.json). All of it is optional. */
export interface Configuration {
  readonly project?: {
    /** Interpreter of the project: a path (relative to this file) or a command. */
    readonly python?: string;
    /** Folders that stand on `sys.path`, relative to this file. Found by itself where absent. */
    readonly roots?: readonly string[];
    /** Folders and files that are no part of the project, as globs. */
    readonly exclude?: readonly string[];
    /** Image in which the project's pytest runs, as the container engine calls it. Default: that of `service`. */
    readonly image?: string;
    /** Service of the compose file that runs pytest. Default: the one whose command says so, or that is built from the project. */
    readonly service?: string;
    /** What is validated. `auto`: the image where there is one and an engine answers, else this machine. Default: `auto`. */
    readonly subject?: 'auto' | 'image' | 'host';
    /** Interpreter inside the image: a path there, or a command. Default: the one that has pytest. */
    readonly imagePython?: string;
    /** Compose files in the order in which they apply, relative to this file. Default: those that `docker compose` takes. */
    readonly composeFiles?: readonly string[];
    /** Limits for containers of the image; each wins over that of the compose file. */
    readonly limits?: ContainerLimitSettings;
  };
  /** What the scenarios of the groups `memory` and `limits` may take. */
  readonly exhaustion?: {
    /** Where their victims run. Default: the strongest that is there. */
    readonly tier?: 'container' | 'cgroup-v2' | 'cgroup-v1' | 'rlimit' | 'self-limited';
    /** Memory limit for them where the project declares none: `256m`. */
    readonly memory?: string;
    /** Largest CPU quota in limits/cpu, cores; a smaller one that the project declares is taken instead. Default: 0.25. */
    readonly cpus?: number;
    /** Limit of open files where the project declares none. Default: 1024. */
    readonly descriptors?: number;
    /** Size of the place that limits/disk fills: `48m`, at most 1 GB. */
    readonly disk?: string;
    /** So much memory stays free on the machine, or no pressure is made: `4g`. Default, and the least: 1 GiB, or a tenth of it all. */
    readonly keepFree?: string;
  };
  readonly imports?: {
    /** As in `project`, for imports alone. */
    readonly roots?: readonly string[];
    readonly exclude?: readonly string[];
    /** File of accepted cycles, relative to this file. */
    readonly baseline?: string;
    /** Also import every module of a cycle first, in the project's interpreter. This executes the project's code. */
    readonly verify?: boolean;
    /** `seaworthy imports`: how many cycles pass. Default 0. */
    readonly maxCycles?: number;
    /** `seaworthy imports`: how long a cycle may be, in modules. */
    readonly maxLength?: number;
  };
  readonly collection?: {
    /** Arguments for pytest in `seaworthy collect` and `collection/project`, such as paths. Default: none. */
    readonly args?: readonly string[];
    /** `seaworthy collect`: how long a run may take: `90s`, `20m`. Default 10 minutes. */
    readonly timeout?: string;
    /** Sizes of the generated trees in the scenarios, as a share of the default ones: 0.01 to 10. Default 1. */
    readonly scale?: number;
  };
  /** By scenario id, such as `imports/project`. */
  readonly scenarios?: Readonly<Record<string, ScenarioConfiguration>>;
  /** Hard end of a whole `seaworthy validate`: `90s`, `5m`. Default 5 minutes a round. `prove` takes longer, and half an hour at most. */
  readonly deadline?: string;
}

/** Sizes are written as in Docker: `512m`, `1.5g`. */
export interface ContainerLimitSettings {
  readonly memory?: string;
  /** Memory and swap together. */
  readonly memorySwap?: string;
  /** Cores, such as 0.5. */
  readonly cpus?: number;
  /** Processes and threads. */
  readonly pids?: number;
  /** Open files of each process. */
  readonly descriptors?: number;
  /** Size of /dev/shm. */
  readonly shm?: string;
  /** Places in memory with their sizes: `{'/tmp': '64m'}`. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  readonly readOnly?: boolean;
  readonly init?: boolean;
}

export interface ScenarioConfiguration {
  /** `false` leaves it out, unless it is named on the command line. */
  readonly enabled?: boolean;
  /** `true`: exit code 3 where the scenario cannot run here. */
  readonly required?: boolean;
  /** By limit, see `seaworthy explain ID`. */
  readonly limits?: Readonly<Record<string, number>>;
}
