import type { CombinedPart, VictimDeath } from '../model/exhaustion.ts';
import type { GaugeReading } from '../model/gauge.ts';
import type { InsideProcess } from '../model/sandbox.ts';
import type { Victim } from '../model/victim.ts';

/** What all parts are looked at by, at one instant. */
export interface Sight {
  /** `performance.now()`. */
  readonly at: number;
  readonly reading: GaugeReading;
  readonly processes: readonly InsideProcess[];
}

/** One of the pressures that are made together. */
export interface Part {
  readonly part: CombinedPart['part'];
  readonly target: number;
  /** What the target is a share of. */
  readonly limit: number;
  readonly victims: readonly Victim[];
  /** Those that the part itself met, with what it knows of them. */
  readonly deaths?: readonly VictimDeath[];
  /** Brings it to its level; tells what kept it from that. */
  start(): Promise<string | undefined>;
  /** In the units of the target; `undefined` where that cannot be told: it is neither there nor back then. */
  level(sight: Sight): number | undefined;
  isAt(level: number): boolean;
  /** While all are held: puts right what drifted. */
  keep(): Promise<void>;
  /** Gives everything back. */
  release(): Promise<void>;
}
