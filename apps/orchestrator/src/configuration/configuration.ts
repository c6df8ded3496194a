/** What a project may say in its `seaworthy.config.ts` (or .mts, .js, .mjs, .json, or `seaworthy` in package.json). All of it is optional. */
export interface Configuration {
  readonly project?: {
    /** Interpreter of the project: a path (relative to this file) or a command. */
    readonly python?: string;
    /** Folders that stand on `sys.path`, relative to this file. Found by itself where absent. */
    readonly roots?: readonly string[];
    /** Folders and files that are no part of the project, as globs. */
    readonly exclude?: readonly string[];
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

export interface ScenarioConfiguration {
  /** `false` leaves it out, unless it is named on the command line. */
  readonly enabled?: boolean;
  /** `true`: exit code 3 where the scenario cannot run here. */
  readonly required?: boolean;
  /** By limit, see `seaworthy explain ID`. */
  readonly limits?: Readonly<Record<string, number>>;
}
