import type { Fault } from '@seaworthy/scenario';
import { bytesAsText, secondsAsText } from '../sandbox/amounts.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import type { FragmentationObservation } from './fragmentation-observation.ts';
import type { FragmentationPlan } from './fragmentation-plan.ts';
import { leftBytes } from './judge-fragmentation.ts';

type FragmentationFault = Fault<FragmentationPlan, FragmentationObservation>;

/** What stays of little shows as well, in a part of the time. */
const FEW = 64_000_000;
const small = (plan: FragmentationPlan): FragmentationPlan => ({ ...plan, bytes: Math.min(plan.bytes, FEW) });

const pins: FragmentationFault = {
  id: 'pins-small-objects',
  breaks: 'one in a hundred small objects is kept in each round',
  raises: 'MEM031',
  inject: (plan) => ({ ...small(plan), pinEvery: 100 }),
  applied: ({ churned }) => {
    const figures = churned?.memory.figures;
    return churned !== null && figures !== undefined && figures.pinnedBlocks > 0
      ? `${figures.pinnedBlocks} blocks of ${bytesAsText(figures.pinnedBytes)} were kept, and ${bytesAsText(leftBytes(churned))} with them`
      : undefined;
  },
};

const growsEachRound: FragmentationFault = {
  id: 'keeps-half-of-the-small-objects',
  breaks: 'every second small object is kept in each round, so that each needs more than the one before',
  raises: 'MEM033',
  inject: (plan) => ({ ...small(plan), pinEvery: 2 }),
  applied: ({ churned }) => {
    const figures = churned?.memory.figures;
    return figures !== undefined && figures.pinnedBytes > 0 && figures.rssPeakLast > figures.rssPeakFirst
      ? `${figures.pinnedBlocks} blocks of ${bytesAsText(figures.pinnedBytes)} were kept`
      : undefined;
  },
};

const neverTrims: FragmentationFault = {
  id: 'never-trims',
  breaks: 'nobody asks the allocator to give back what is free',
  raises: 'MEM032',
  inject: (plan) => ({ ...small(plan), trim: false }),
  applied: ({ churned }) =>
    churned?.memory.figures?.trimmed === 0
      ? `${bytesAsText(leftBytes(churned))} stayed after everything was freed`
      : undefined,
};

const tooMuch: FragmentationFault = {
  id: 'more-than-there-is',
  breaks: 'the blocks are more than the limit together',
  raises: 'MEM030',
  inject: (plan) => ({ ...plan, bytes: plan.sandbox.request.memoryBytes * 2, cycles: 1 }),
  applied: ({ churned }) =>
    churned !== null && churned.memory.outcome !== 'done'
      ? `it ended at ${bytesAsText(churned.memory.outside.highestBytes)}`
      : undefined,
};

const takesRoom: FragmentationFault = {
  id: 'room-is-taken',
  breaks: 'another process takes the room before the large piece is allocated',
  raises: 'MEM034',
  // The kernel takes the larger of the two: that must be the one with the piece.
  inject: (plan) => ({
    ...small(plan),
    cycles: 1,
    heldBytes: Math.floor(plan.sandbox.request.memoryBytes * 0.4),
    pieceBytes: Math.floor(plan.sandbox.request.memoryBytes * 0.75),
  }),
  applied: ({ churned }) =>
    churned !== null && churned.piece !== null && churned.piece.outcome !== 'done'
      ? `the piece was not to be had (${churned.piece.outcome})`
      : undefined,
};

const standsStill: FragmentationFault = {
  id: 'process-stands-still',
  breaks: 'the process is suspended after it has freed everything',
  raises: 'MEM035',
  inject: (plan) => ({ ...small(plan), cycles: 1, suspend: true, answerMs: Math.min(plan.answerMs, 500) }),
  applied: ({ churned }) =>
    churned?.answer?.answered === false ? `no answer in ${secondsAsText(churned.answer.ms)}` : undefined,
};

const noLimit: FragmentationFault = withoutLimit('memoryBytes');

/** Ways in which freed memory can stay, or be of no use. */
export const fragmentationFaults: readonly FragmentationFault[] = [
  pins,
  growsEachRound,
  neverTrims,
  tooMuch,
  takesRoom,
  standsStill,
  noLimit,
];
