import type { ContainerLimits, Environment } from '@seaworthy/scenario';

/** A change of the service that is looked at first; `null` takes a value away. */
export interface ServiceChange {
  /** Bytes of mem_limit. */
  readonly memory?: number | null;
  /** Bytes of memswap_limit; -1: no limit. */
  readonly memorySwap?: number | null;
  readonly pids?: number | null;
  readonly oomKillDisable?: boolean;
  readonly tmpfs?: { readonly path: string; readonly bytes: number };
}

/** What limits/configuration is going to look at. */
export interface ConfigurationPlan {
  /** Absolute paths, in the order in which they apply. */
  readonly composeFiles: readonly string[];
  /** Written into the compose project as an override file would. */
  readonly change?: ServiceChange;
  /** Limits that the throw-away containers are made without, as an engine does that passes over them. */
  readonly leaveOut: readonly (keyof ContainerLimits)[];
  /** Most services for which a container is made. */
  readonly mostTrials: number;
}

export function planConfiguration({ composeFiles = [] }: Environment): ConfigurationPlan {
  return { composeFiles, leaveOut: [], mostTrials: 8 };
}
