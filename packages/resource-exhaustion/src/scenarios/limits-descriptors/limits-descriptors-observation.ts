import type { DescriptorExhaustion } from '../../model/exhaustion.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface LimitsDescriptorsObservation {
  readonly sandbox: ObservedSandbox;
  /** A limit above it was not filled. */
  readonly mostDescriptors: number;
  /** `null`: the limit was not in force, or so high that it was not filled. */
  readonly rounds: readonly DescriptorExhaustion[] | null;
}
