import type { Fault } from '@seaworthy/scenario';
import { bytesAsText } from '../sandbox/amounts.ts';
import { leavingOut } from '../sandbox/sandbox-plan.ts';
import { takenShare } from './judge-limits-disk.ts';
import type { LimitsDiskObservation } from './limits-disk-observation.ts';
import type { LimitsDiskPlan } from './limits-disk-plan.ts';

type LimitsDiskFault = Fault<LimitsDiskPlan, LimitsDiskObservation>;

const noSize: LimitsDiskFault = {
  id: 'no-size',
  breaks: 'the place is made without a size',
  raises: 'LIM000',
  inject: (plan) => leavingOut(plan, 'disk'),
  applied: ({ sandbox }) =>
    sandbox.effective.diskBytes === sandbox.declared.diskBytes
      ? undefined
      : `${bytesAsText(sandbox.declared.diskBytes)} were declared, and the file system said ${sandbox.effective.diskBytes ?? 'no size of its own'}`,
};

const preallocates: LimitsDiskFault = {
  id: 'preallocates',
  breaks: 'blocks are reserved with fallocate instead of being written',
  raises: 'LIM031',
  inject: (plan) => ({ ...plan, fault: 'preallocate' }),
  applied: ({ run }) =>
    run !== null && takenShare(run) < 0.5
      ? `${bytesAsText(run.freeAtHeightBytes)} of ${bytesAsText(run.freeBeforeBytes)} were free at the height`
      : undefined,
};

const keepsOpen: LimitsDiskFault = {
  id: 'keeps-deleted-file-open',
  breaks: 'the file is deleted and stays open',
  raises: 'LIM033',
  inject: (plan) => ({ ...plan, fault: 'keep-open' }),
  applied: ({ run }) =>
    run !== null && run.freeBeforeBytes - run.freeAfterBytes > run.sizeBytes / 2
      ? `${bytesAsText(run.deletedButOpenBytes)} were held by deleted files`
      : undefined,
};

const keeps: LimitsDiskFault = {
  id: 'leaves-its-file',
  breaks: 'the file that fills the place is not removed',
  raises: 'LIM034',
  inject: (plan) => ({ ...plan, fault: 'keep' }),
  applied: ({ run }) =>
    run !== null && run.freeAfterBytes < run.sizeBytes / 2
      ? `${bytesAsText(run.freeAfterBytes)} of ${bytesAsText(run.sizeBytes)} were free afterwards`
      : undefined,
};

const overwrites: LimitsDiskFault = {
  id: 'writes-over-an-old-file',
  breaks: 'when the place is full, the writer goes on in a file that was there before',
  raises: 'LIM032',
  inject: (plan) => ({ ...plan, fault: 'overwrite' }),
  applied: ({ run }) =>
    run !== null && run.oldFileAtHeight !== run.oldFileBefore
      ? 'the hash of the old file changed'
      : undefined,
};

/** Ways in which a size, or a program in front of it, can be wrong. */
export const limitsDiskFaults: readonly LimitsDiskFault[] = [
  noSize,
  preallocates,
  keepsOpen,
  keeps,
  overwrites,
];
