import type { ContainerExit } from '@seaworthy/container-engine';
import type { AttributedKills } from '../../memory/cgroup/kill-counters.ts';

export interface SeenInside {
  /** Memory limit of the container, bytes. */
  readonly limitBytes?: number;
  /** The kernel's counter of the container rose while somebody looked. */
  readonly seen: boolean;
}

/**
 * Whose limit killed in a container, by two witnesses: the kernel's counters as far as they could still be read, and what
 * the engine told. The counters go with the container, and the engine's word stays.
 */
export function attributeContainerKills(
  counted: AttributedKills,
  { events, oomKilled }: Pick<ContainerExit, 'events' | 'oomKilled'>,
  { limitBytes, seen }: SeenInside,
): AttributedKills {
  if (counted.own > 0 || counted.ancestors > 0) return counted;
  const told = events.filter(({ action }) => action === 'oom').length;
  const kills = Math.max(told, oomKilled || seen ? 1 : 0);
  if (kills === 0 || counted.host > 0) return counted;
  // Without a limit of its own it was one around it, or the machine.
  return limitBytes === undefined
    ? { ...counted, host: kills }
    : { own: kills, ancestors: 0, host: 0, limitBytes };
}
