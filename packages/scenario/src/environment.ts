/** An interpreter that answered: what it said of itself. */
export interface PythonInterpreter {
  /** Absolute path of the executable. */
  readonly executable: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  /** Such as `CPython`. */
  readonly implementation: string;
}

export interface Project {
  /** Absolute path. */
  readonly root: string;
}

/** What a scenario may use on this machine. Groups that need more (an engine, an image) extend it. */
export interface Environment {
  readonly project: Project;
  readonly python?: PythonInterpreter;
  /** Usable cores and memory (bytes), limits of a container or cgroup taken into account. */
  readonly cores: number;
  readonly memoryBytes: number;
}

/** The one thing that keeps a scenario from running here, and how to get it. */
export interface Missing {
  readonly what: string;
  readonly how: string;
}
