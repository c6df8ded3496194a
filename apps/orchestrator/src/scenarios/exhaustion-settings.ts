import { onlyDefined } from '@seaworthy/cgroups';
import type { ExhaustionSettings } from '@seaworthy/resource-exhaustion/scenarios';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { byteSize } from '../options/byte-size.ts';

/**
 * What the configuration says of the groups `memory` and `limits`.
 *
 * @throws UsageError for a size that is none.
 */
export function exhaustionSettings({
  values: { exhaustion = {} },
  place,
}: Pick<LoadedConfiguration, 'values' | 'place'>): ExhaustionSettings {
  const bytes = (key: 'memory' | 'disk' | 'keepFree'): number | undefined => {
    const size = exhaustion[key];
    return size === undefined
      ? undefined
      : byteSize(`${place(['exhaustion', key])}: exhaustion.${key}`, size);
  };
  const settings = {
    tier: exhaustion.tier,
    memoryBytes: bytes('memory'),
    cpus: exhaustion.cpus,
    descriptors: exhaustion.descriptors,
    diskBytes: bytes('disk'),
    keepFreeBytes: bytes('keepFree'),
  };
  return onlyDefined(settings);
}
