import type { Environment } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox } from './sandbox-plan.ts';

/** What victims of this project get at most, where that is not what the project declares. */
export interface VictimLimits {
  /** Bytes; absent where it is the declared limit. */
  readonly memoryBytes?: number;
  /** Cores; absent where it is the declared limit. */
  readonly cpus?: number;
}

/** For the head of a run: the largest sandbox that its scenarios ask for. */
export function victimLimits(environment: Environment, settings: ExhaustionSettings = {}): VictimLimits {
  const { memoryBytes, cpus } = planSandbox(environment, settings).request;
  const declared = environment.subject?.kind === 'image' ? environment.subject.limits : {};
  return {
    ...(declared.memoryBytes === memoryBytes ? {} : { memoryBytes }),
    ...(declared.cpus === cpus ? {} : { cpus }),
  };
}
