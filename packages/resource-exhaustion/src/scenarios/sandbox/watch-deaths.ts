import { attributeDeath } from '../../death/attribute-death.ts';
import { seeCgroups, witnessesOf } from '../../death/see-cgroups.ts';
import { victimEvidence } from '../../death/victim-evidence.ts';
import type { Death } from '../../model/death.ts';
import type { VictimDeath } from '../../model/exhaustion.ts';
import type { Sandbox } from '../../model/sandbox.ts';
import { plain } from './plain.ts';

/**
 * Looks at the sandbox's cgroup and at all around it, and afterwards says of each victim that died since whose limit it was: the
 * sandbox's own, one further out, or none.
 */
export function watchDeaths(
  sandbox: Pick<Sandbox, 'name' | 'effective' | 'cgroup'>,
): (deaths: readonly VictimDeath[], inAll?: number) => readonly Death[] {
  const before = seeCgroups(sandbox.cgroup);
  return (deaths, inAll = deaths.length) => {
    const witnesses = witnessesOf(before, seeCgroups(sandbox.cgroup));
    return deaths.map((death) => plain(attributeDeath(victimEvidence(death, sandbox, inAll, witnesses))));
  };
}
