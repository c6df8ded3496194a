import type { EngineEndpoint, Subject } from './subject.ts';

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

/** What a scenario may use on this machine. */
export interface Environment {
  readonly project: Project;
  readonly python?: PythonInterpreter;
  /** Usable cores and memory (bytes), limits of a container or cgroup taken into account. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** What is validated; `host` where absent. */
  readonly subject?: Subject;
  /** A container engine that answers; absent where there is none. */
  readonly engine?: EngineEndpoint;
  /** The project's compose files, absolute, in the order in which they apply; none where absent. */
  readonly composeFiles?: readonly string[];
}

/** The one thing that keeps a scenario from running here, and how to get it. */
export interface Missing {
  readonly what: string;
  readonly how: string;
}
