import { EnvironmentMissing, UsageError } from '@seaworthy/scenario';
import type { Tier } from '../model/sandbox.ts';
import { openSandbox } from './open-sandbox.ts';
import type { SandboxOptions } from './sandbox-options.ts';

/** Whether one tier can be had. */
export interface TierProbe {
  readonly tier: Tier;
  readonly had: boolean;
  /** Such as `container of shop-tests, 32 MiB, 0.25 CPUs`; or why it cannot be had. */
  readonly text: string;
  /** Names of limits that are not in force there, such as `cpus`. */
  readonly notInForce: readonly string[];
  readonly ms: number;
}

export interface ProbeOptions extends Pick<
  SandboxOptions,
  'environment' | 'workspace' | 'signal' | 'keepFreeBytes'
> {
  /** Which, in this order; by default all, the best first. */
  readonly tiers?: readonly Tier[];
  /** Ends with the first that can be had: the place where victims would run. */
  readonly untilHad?: boolean;
}

const ALL: readonly Tier[] = ['container', 'cgroup-v2', 'cgroup-v1', 'rlimit', 'self-limited'];
const SMALL = { memoryBytes: 32 * 2 ** 20, diskBytes: 2 ** 20 };

/** Finds out by opening a small sandbox of each tier and closing it again: half a second for a container, less for others. */
export async function probeTiers({
  tiers = ALL,
  untilHad = false,
  ...options
}: ProbeOptions): Promise<TierProbe[]> {
  const probes: TierProbe[] = [];
  for (const tier of tiers) {
    const start = performance.now();
    const told = await probe(options, tier);
    probes.push({ tier, ...told, ms: Math.round(performance.now() - start) });
    if (untilHad && told.had) break;
  }
  return probes;
}

async function probe(
  options: Omit<ProbeOptions, 'tiers' | 'untilHad'>,
  tier: Tier,
): Promise<Omit<TierProbe, 'tier' | 'ms'>> {
  try {
    await using sandbox = await openSandbox({ ...options, request: SMALL, tier });
    return { had: true, text: sandbox.name, notInForce: sandbox.differences.map(({ name }) => name) };
  } catch (error) {
    if (error instanceof EnvironmentMissing) return { had: false, text: error.missing.what, notInForce: [] };
    if (!(error instanceof UsageError)) throw error;
    return { had: false, text: whyNot(error.message), notInForce: [] };
  }
}

/** That it was demanded, and what to do instead, is nothing to somebody who asks for each. */
function whyNot(message: string): string {
  return (
    /^The sandbox was to be of tier \S+, which cannot be had here: (.*)\. Leave the tier out/s.exec(
      message,
    )?.[1] ?? message
  );
}
