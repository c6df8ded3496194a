import { probeTiers } from '@seaworthy/resource-exhaustion';
import type { ProbeOptions, Tier, TierProbe } from '@seaworthy/resource-exhaustion';
import type { ExhaustionSettings, VictimLimits } from '@seaworthy/resource-exhaustion/scenarios';
import { sizeOfLimit } from './size-of-limit.ts';

/** Where victims of the memory and limit scenarios would run: found out by making such a place. */
export interface VictimTier {
  /** `undefined`: nowhere. */
  readonly tier: Tier | undefined;
  /** No other place than a container of it is taken. */
  readonly ofImage?: boolean;
  /** In the order in which they were tried. */
  readonly probes: readonly TierProbe[];
}

/**
 * Tries the one that the configuration names, or all from the best on. For an image no other place is taken than a container
 * of it.
 *
 * @param options whether it ends with the first that can be had.
 */
export async function findVictimTier(
  options: Pick<ProbeOptions, 'environment' | 'workspace' | 'signal' | 'untilHad'>,
  { tier, keepFreeBytes }: ExhaustionSettings,
): Promise<VictimTier> {
  const ofImage = tier === undefined && options.environment.subject?.kind === 'image';
  const only = tier ?? (ofImage && options.untilHad === true ? 'container' : undefined);
  const probes = await probeTiers({
    ...options,
    ...(only === undefined ? {} : { tiers: [only] }),
    ...(keepFreeBytes === undefined ? {} : { keepFreeBytes }),
  });
  const isPlace = (probe: TierProbe): boolean => probe.had && (!ofImage || probe.tier === 'container');
  return { tier: probes.find(isPlace)?.tier, probes, ...(ofImage ? { ofImage } : {}) };
}

/** In the words of the head of a run. */
export function describeVictimTier({ tier, probes, ofImage = false }: VictimTier): string {
  const probe = probes.find((one) => one.tier === tier);
  if (tier === undefined || probe === undefined) {
    // Of several the last one demands the least.
    const decisive = ofImage ? probes[0] : probes.at(-1);
    return `there is no place for victims here: ${(decisive?.text ?? '').replace(/\.$/, '')}`;
  }
  // What a weak tier cannot limit is in its own words.
  const lacks = isStrong(tier) && probe.notInForce.length > 0;
  const only = tier === 'rlimit' && probes.length > 1 ? ', since no control group can be made' : '';
  return `${describeTier(tier)}${only}${lacks ? `, where these limits are not in force: ${probe.notInForce.join(', ')}` : ''}`;
}

/** What victims get where that is not what is declared: `with 1 GiB of memory and 1 CPU at most`; else nothing. */
export function describeVictimLimits({ memoryBytes, cpus }: VictimLimits): string {
  const parts = [
    ...(memoryBytes === undefined ? [] : [`${sizeOfLimit(memoryBytes)} of memory`]),
    ...(cpus === undefined ? [] : [`${String(cpus)} CPU${cpus === 1 ? '' : 's'}`]),
  ];
  return parts.length === 0 ? '' : ` with ${parts.join(' and ')} at most`;
}

const STRONG: readonly Tier[] = ['container', 'cgroup-v2', 'cgroup-v1'];

/** Whether the kernel limits all victims together. */
export function isStrong(tier: Tier): boolean {
  return STRONG.includes(tier);
}

function describeTier(tier: Tier): string {
  switch (tier) {
    case 'container':
      return 'victims run in throw-away containers of it';
    case 'cgroup-v2':
    case 'cgroup-v1':
      return `victims run in a control group of their own (cgroup ${tier.slice(-2)})`;
    case 'rlimit':
      return 'victims run with limits of their own process alone (rlimit)';
    case 'self-limited':
      return 'victims limit themselves: nothing enforces their limits here';
  }
}
