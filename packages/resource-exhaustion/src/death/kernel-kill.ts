import type { CgroupWitness, DeathEvidence } from './death-evidence.ts';

/** Whether the kernel killed for memory in the sandbox, by each independent source. */
export interface KernelKill {
  /** Its own count, read by the keeper or from outside; `undefined` where nobody could read it twice. */
  readonly counted: number | undefined;
  /** The engine, by its `oom` events or its flag. */
  readonly told: boolean | undefined;
  readonly witnesses: readonly string[];
}

export function findKernelKill(evidence: DeathEvidence): KernelKill {
  const counted = countKills(evidence);
  const told = askEngine(evidence);
  return {
    counted: counted?.kills,
    told: told?.killed,
    witnesses: [counted?.text, told?.text].filter((text) => text !== undefined),
  };
}

function countKills({ keeper, cgroups }: DeathEvidence): { kills: number; text: string } | undefined {
  const own = cgroups?.[0];
  const [before, after] = [killsOf(own, 'before'), killsOf(own, 'after')];
  if (own !== undefined && before !== undefined && after !== undefined) {
    return { kills: after - before, text: countText(`oom_kill of ${own.folder}`, before, after) };
  }
  if (keeper?.killsBefore === undefined || keeper.killsAfter === undefined) return undefined;
  const { killsBefore, killsAfter } = keeper;
  return {
    kills: killsAfter - killsBefore,
    text: countText('oom_kill as the keeper read it', killsBefore, killsAfter),
  };
}

/** Version 2 counts what died below as well: a container may have cgroups of its own. */
function killsOf(cgroup: CgroupWitness | undefined, when: 'before' | 'after'): number | undefined {
  const kills = cgroup?.[when].kills;
  return kills?.hierarchical ?? kills?.own;
}

function countText(what: string, before: number, after: number): string {
  return after === before ? `${what} stayed at ${before}` : `${what} rose from ${before} to ${after}`;
}

/** The flag counts for the main process alone, and its absence only where the engine is known to miss none. */
function askEngine({ engine }: DeathEvidence): { killed: boolean | undefined; text: string } | undefined {
  if (engine === undefined) return undefined;
  const { oomEvents, oomKilled, cgroupVersion } = engine;
  if (oomEvents !== undefined && oomEvents > 0) {
    return { killed: true, text: `the engine told of ${oomEvents} oom event${oomEvents === 1 ? '' : 's'}` };
  }
  if (oomKilled === true) {
    return {
      killed: true,
      text: 'the engine flags the container as OOMKilled (some process in it, not this one for certain)',
    };
  }
  if (oomEvents === undefined && oomKilled === undefined) return undefined;
  const heard = oomEvents === 0 ? 'told of no oom event' : 'does not flag the container as OOMKilled';
  const isSure = cgroupVersion === 1 && oomEvents === 0;
  return {
    killed: isSure ? false : undefined,
    text: `the engine ${heard}${isSure ? '' : ', and it does not tell of every kill'}`,
  };
}
