import type { TreeSpec } from '../../model/tree-spec.ts';

/** A tree that is going to be collected. */
export interface TreePlan {
  readonly tree: TreeSpec;
  /** Its size as a share of the one that limits of time are meant for. */
  readonly share: number;
  /** The run is ended after so many ms. */
  readonly timeoutMs: number;
  /** The limits in force, for the full size, which a fault has to break. */
  readonly allowed: {
    readonly durationMs: number;
    readonly memoryBytes: number;
    /** Tests a second. */
    readonly rate: number;
  };
  /** Bytes that a fault may ask for without hurting the machine. */
  readonly spareBytes: number;
}

/** Starting Python and pytest takes its time whatever the size, longer where the machine has other things to do. */
const START_UP_MS = 5_000;

/**
 * How long the collection of a tree may take: the limit is for the full size, and smaller or larger trees may take a
 * part or a multiple of it, but no less than 5 s where the limit itself is not below that.
 */
export function allowedMs(limitMs: number, share: number): number {
  return Math.max(limitMs * share, Math.min(limitMs, START_UP_MS));
}

/** A run is ended when it has taken half as long again as it may: until then, the figure says by how much it is late. */
export function timeoutFor(limitMs: number, share: number): number {
  return 1.5 * allowedMs(limitMs, share);
}

/** A number of things scaled, but never fewer than make sense. */
export function scaled(count: number, scale: number | undefined, least: number): number {
  return Math.max(least, Math.round(count * (scale ?? 1)));
}

/** The time that a scenario's budget gives, ms: several times what its limit allows. */
export function budgetFor(limitMs: number, scale: number | undefined): number {
  return 60_000 + 3 * limitMs * Math.max(1, scale ?? 1);
}
