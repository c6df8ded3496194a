import type { ContainerLimits } from '@seaworthy/scenario';

/**
 * Limits in force on a container, and who told. With `engine` nobody read them back: it only repeats what it was asked for,
 * so that to compare them with what was asked for proves nothing.
 */
export interface LimitsInForce extends ContainerLimits {
  readonly readFrom: 'kernel files' | 'kernel files in the container' | 'engine';
}
