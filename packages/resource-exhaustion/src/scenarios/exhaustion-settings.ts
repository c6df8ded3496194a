import type { Tier } from '../model/sandbox.ts';

/** What a project's configuration says about resource exhaustion. */
export interface ExhaustionSettings {
  /** Where victims run; the strongest that is there by default. */
  readonly tier?: Tier;
  /** Memory limit of a sandbox where the project declares none, bytes. Default: 256 MiB. */
  readonly memoryBytes?: number;
  /** Largest CPU quota of a sandbox in limits/cpu, cores; one that the project declares is taken where it is smaller. Default: 0.25. */
  readonly cpus?: number;
  /** Limit of open files where the project declares none. Default: 1024. */
  readonly descriptors?: number;
  /** Size of the place that limits/disk fills, bytes. Default: 48 MiB; never more than 1 GB. */
  readonly diskBytes?: number;
  /** So much memory stays free on the machine, bytes, or no pressure is made. Default, and the least: 1 GiB or a tenth of it all. */
  readonly keepFreeBytes?: number;
}
