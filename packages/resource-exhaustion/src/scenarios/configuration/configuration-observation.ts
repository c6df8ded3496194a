import type { ContainerLimits, SourceLocation } from '@seaworthy/scenario';
import type {
  ComposeHealthCheck,
  ComposeLimits,
  LimitDifference,
  Placed,
  RestartPolicy,
} from '@seaworthy/container-engine';

/** What limits/configuration saw. No value of a variable of the project is in it. */
export interface ConfigurationObservation {
  readonly system: SystemFacts;
  readonly services: readonly DeclaredService[];
  readonly containers: readonly SeenContainer[];
  /** Of the compose files. */
  readonly warnings: readonly { readonly message: string; readonly location: SourceLocation }[];
  /** What could not be looked at, and why. */
  readonly notSeen: readonly string[];
  /** Service that a fault was put into. */
  readonly changed?: string;
}

/** The machine that containers run on. */
export interface SystemFacts {
  readonly memoryBytes: number;
  readonly cores: number;
  /** What must stay free. */
  readonly floorBytes: number;
  /** `engine`: it told so itself. `machine`: no engine answers, so this machine is taken for it. */
  readonly from: 'engine' | 'machine';
  /** Limits that its kernel cannot set, as the engine says. */
  readonly cannotLimit: readonly string[];
}

/** What is written for the containers of a service. */
export interface DeclaredService {
  readonly name: string;
  /** Absent where the configuration of seaworthy, and no compose file, declares it. */
  readonly at?: SourceLocation;
  readonly image?: string;
  readonly limits: ComposeLimits;
  readonly healthCheck?: ComposeHealthCheck;
  readonly restart?: Placed<RestartPolicy>;
  /** Runs the tests. */
  readonly isTest: boolean;
  /** Ends by itself, as tests and migrations do. */
  readonly isOneShot: boolean;
  /** Services that depend on it. */
  readonly neededBy: readonly string[];
}

/** A container that was looked at: one of the project that runs, or one of ours that was made for it. */
export interface SeenContainer {
  readonly kind: 'running' | 'trial';
  readonly name: string;
  readonly service: string;
  /** What the engine was asked for. */
  readonly declared: ContainerLimits;
  /** As the kernel's files say, where they can be read. */
  readonly effective?: ContainerLimits;
  readonly differences: readonly LimitDifference[];
  readonly oomKillDisable?: boolean;
  /** Why it could not be made. */
  readonly refused?: string;
  /** `seaworthy`: the limits mean nothing, so that no engine was asked. */
  readonly refusedBy?: 'engine' | 'seaworthy';
}
