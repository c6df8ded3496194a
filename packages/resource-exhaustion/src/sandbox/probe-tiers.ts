import { UsageError, type Environment, type Workspace } from '@seaworthy/scenario';
import type { Tier } from '../model/sandbox.ts';
import { openSandbox } from './open-sandbox.ts';

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

const ALL: readonly Tier[] = ['container', 'cgroup-v2', 'cgroup-v1', 'rlimit', 'self-limited'];
const SMALL = { memoryBytes: 32 * 2 ** 20, diskBytes: 2 ** 20 };

/** Finds out by opening a small sandbox of each tier and closing it again: half a second for a container, less for others. */
export async function probeTiers(
  context: { readonly environment: Environment; readonly workspace: Workspace; readonly signal: AbortSignal },
  tiers: readonly Tier[] = ALL,
): Promise<TierProbe[]> {
  const probes: TierProbe[] = [];
  for (const tier of tiers) {
    const start = performance.now();
    const told = await probe(context, tier);
    probes.push({ tier, ...told, ms: performance.now() - start });
  }
  return probes;
}

async function probe(
  context: Parameters<typeof probeTiers>[0],
  tier: Tier,
): Promise<Omit<TierProbe, 'tier' | 'ms'>> {
  try {
    await using sandbox = await openSandbox({ ...context, request: SMALL, tier });
    return { had: true, text: sandbox.name, notInForce: sandbox.differences.map(({ name }) => name) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { had: false, text: error.message, notInForce: [] };
  }
}
