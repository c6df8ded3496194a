import type { Fault } from '@seaworthy/scenario';
import { withLimits } from '../sandbox/sandbox-plan.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import { notReturnedIn } from './judge-limits-descriptors.ts';
import type { LimitsDescriptorsObservation } from './limits-descriptors-observation.ts';
import type { LimitsDescriptorsPlan } from './limits-descriptors-plan.ts';

type LimitsDescriptorsFault = Fault<LimitsDescriptorsPlan, LimitsDescriptorsObservation>;

const noLimit: LimitsDescriptorsFault = withoutLimit('descriptors');

const HIGH = 4096;

const hugeLimit: LimitsDescriptorsFault = {
  id: 'limit-too-high',
  breaks: 'the limit of open files is above the highest that counts as one',
  raises: 'LIM024',
  // Engines set 1048576 by default; not every machine lets us set as much, so the highest that counts is lowered instead.
  inject: (plan) => ({ ...withLimits(plan, { descriptors: HIGH }), mostDescriptors: HIGH / 2 }),
  applied: ({ sandbox, mostDescriptors }) =>
    (sandbox.effective.descriptors ?? 0) > mostDescriptors
      ? `the kernel said ${sandbox.effective.descriptors}, and ${mostDescriptors} count`
      : undefined,
};

const leaks: LimitsDescriptorsFault = {
  id: 'leaks-one-in-a-hundred',
  breaks: 'one descriptor in a hundred is not closed',
  raises: 'LIM022',
  inject: (plan) => ({ ...plan, keepEvery: 100 }),
  applied: ({ rounds }) => {
    const left = rounds === null ? 0 : (notReturnedIn(rounds) ?? 0);
    return left > 0 ? `${left} were open afterwards that were not before` : undefined;
  },
};

const keepsAll: LimitsDescriptorsFault = {
  id: 'closes-nothing',
  breaks: 'no descriptor is closed again',
  raises: 'LIM023',
  inject: (plan) => ({ ...plan, rounds: 1, keepEvery: 1 }),
  applied: ({ rounds }) =>
    rounds?.[0] !== undefined && rounds[0].notReturned === rounds[0].opened
      ? `all ${rounds[0].opened} stayed open`
      : undefined,
};

const noReserve: LimitsDescriptorsFault = {
  id: 'no-reserve',
  breaks: 'the process keeps no descriptor in reserve',
  raises: 'LIM021',
  inject: (plan) => ({ ...plan, rounds: 1, fault: 'no-reserve' }),
  applied: ({ rounds }) =>
    rounds?.[0] !== undefined && !rounds[0].atHeight.reservedRead
      ? 'nothing could be read while all descriptors were taken'
      : undefined,
};

/** Ways in which a limit of open files, or a process under it, can be wrong. */
export const limitsDescriptorsFaults: readonly LimitsDescriptorsFault[] = [
  noLimit,
  hugeLimit,
  leaks,
  keepsAll,
  noReserve,
];
