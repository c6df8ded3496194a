import type { VictimDeath } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { DeathEvidence } from './death-evidence.ts';

/** What an exhaustion knows of the death of one of its victims. */
export function victimEvidence(
  death: VictimDeath,
  { name, effective }: Pick<Sandbox, 'name' | 'effective'>,
  deaths = 1,
): DeathEvidence {
  const { ending, gaugeKillsBefore, gaugeKillsAfter, gaugePeakBytes, lastUsageBytes } = death;
  const { killsBefore, killsAfter } = ending;
  const peakBytes = gaugePeakBytes ?? ending.peakBytes ?? lastUsageBytes;
  const [before, after] = [gaugeKillsBefore ?? killsBefore, gaugeKillsAfter ?? killsAfter];
  return {
    ending: { code: ending.code, signal: ending.signal },
    deaths,
    keeper: {
      ...(killsBefore === undefined ? {} : { killsBefore }),
      ...(killsAfter === undefined ? {} : { killsAfter }),
      ...(ending.peakBytes === undefined ? {} : { peakBytes: ending.peakBytes }),
    },
    cgroups: [
      {
        folder: name,
        ...(effective.memoryBytes === undefined ? {} : { limitBytes: effective.memoryBytes }),
        before: before === undefined ? {} : { kills: { own: before } },
        after: {
          ...(after === undefined ? {} : { kills: { own: after } }),
          ...(peakBytes === undefined ? {} : { peakBytes }),
        },
      },
    ],
  };
}
