import { limitedRunner } from '@seaworthy/pytest-collection';
import type { Workspace } from '@seaworthy/scenario';
import type { Check } from './check.ts';

/** Enough for any interpreter, and little enough to lie below every limit around this process. */
const TRIED_BYTES = 64 * 2 ** 20;

const HOW = 'be root, or run in a systemd scope or container to which its control group is delegated';

/** How a memory limit is set here for `collect --limit` and what tries limits: by doing so. */
export async function checkMemoryLimit(workspace: Workspace): Promise<Check> {
  const check = { id: 'memory-limit', title: 'Memory limits' } as const;
  try {
    const { limit } = await limitedRunner(TRIED_BYTES, workspace);
    const tier = limit?.tier ?? 'none';
    if (tier !== 'address-space')
      return { ...check, state: 'ok', found: `can be set, by ${tier}`, data: { tier } };
    return {
      ...check,
      state: 'warning',
      found: 'can be set by address space only, which is more than what a process holds',
      how: HOW,
      data: { tier },
    };
  } catch (error) {
    // Whatever it is, the rest of what doctor tells is worth having.
    return {
      ...check,
      state: 'warning',
      found: `cannot be set: ${(error as Error).message}`,
      how: HOW,
      data: { tier: null },
    };
  }
}
