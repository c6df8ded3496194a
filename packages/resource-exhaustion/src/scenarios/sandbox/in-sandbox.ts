import { setTimeout as sleep } from 'node:timers/promises';
import type { MeasureContext } from '@seaworthy/scenario';
import type { Sandbox, SandboxLimits } from '../../model/sandbox.ts';
import { openSandbox } from '../../sandbox/open-sandbox.ts';
import { isEnforced } from './judge-enforcement.ts';
import { observeSandbox } from './observed-sandbox.ts';
import type { ObservedSandbox } from './observed-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { whyLost } from './why-lost.ts';

/** Its output ends first, and how it ended is known a moment later, ms. */
const MOMENT_MS = 500;

/** What was done in a sandbox; `null`: a limit was not in force, so no pressure was made, or the sandbox was lost. */
export interface InSandbox<Result> {
  readonly sandbox: ObservedSandbox;
  readonly result: Result | null;
}

/**
 * Opens a sandbox, and makes pressure in it only where every limit that it rests on is in force: what nothing stops would
 * fall on the whole machine.
 */
export async function inSandbox<Result>(
  plan: SandboxPlan,
  { environment, workspace, signal, progress }: MeasureContext,
  restsOn: readonly (keyof SandboxLimits)[],
  use: (sandbox: Sandbox) => Promise<Result>,
): Promise<InSandbox<Result>> {
  await using sandbox = await openSandbox({
    environment,
    workspace,
    signal,
    request: plan.request,
    without: plan.without,
    ...(plan.tier === null ? {} : { tier: plan.tier }),
    ...(plan.keepFreeBytes === null ? {} : { keepFreeBytes: plan.keepFreeBytes }),
  });
  progress(`in ${sandbox.name} (tier ${sandbox.tier})`);
  const { lessThanDeclared } = plan;
  const observed = {
    ...observeSandbox(sandbox),
    ...(lessThanDeclared === undefined ? {} : { lessThanDeclared }),
  };
  if (!isEnforced(observed, restsOn)) return { sandbox: observed, result: null };
  try {
    return { sandbox: observed, result: await use(sandbox) };
  } catch (error) {
    signal.throwIfAborted();
    const why = whyLost(error);
    if (why === undefined) throw error;
    // The watch over the machine ends a sandbox, and so may whoever else can: that says nothing about its limits.
    await Promise.race([sandbox.keeper.ended, sleep(MOMENT_MS, undefined, { ref: false })]).catch(() => {});
    return { sandbox: { ...observed, lost: sandbox.ended ?? why }, result: null };
  }
}
