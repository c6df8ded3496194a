import type { Sandbox, SandboxLimits, Tier } from '../model/sandbox.ts';
import { bytesAsText } from '../safety/bytes-as-text.ts';
import { watchHost } from '../safety/watch-host.ts';
import { limitDifferences } from './limit-differences.ts';
import type { OpenedTier } from './tier-plan.ts';

/** After the keeper's own deadline, ms: whoever hangs is ended from outside. */
const OVERTIME_MS = 5_000;

/** Puts the guards around an opened place: the watch over the machine, the deadline, the signal. */
export function assembleSandbox(
  opened: OpenedTier,
  { notHad, floorBytes }: { notHad: Sandbox['notHad'] & {}; floorBytes: number },
): Sandbox {
  const { tier, place, plan, effective, diskFolder, gauge, keeper, stack } = opened;
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= close());
  const place_: AsyncDisposable = { [Symbol.asyncDispose]: end };
  const watch = watchHost({ sandbox: place_, floorBytes, signal: plan.signal });
  // A failure here is met again by whoever disposes of the sandbox, and by the workspace.
  const endLater = (): void => void end().catch(() => {});
  const deadline = setTimeout(endLater, plan.deadlineMs + OVERTIME_MS);
  deadline.unref();
  plan.signal.addEventListener('abort', endLater, { once: true });
  if (plan.signal.aborted) endLater();
  async function close(): Promise<void> {
    clearTimeout(deadline);
    plan.signal.removeEventListener('abort', endLater);
    await Promise.all([
      stack.disposeAsync(),
      watch.endedAt === undefined ? watch[Symbol.asyncDispose]() : undefined,
    ]);
  }
  return {
    tier,
    notHad,
    name: `${place}, ${limitsAsText(tier, plan.limits)}`,
    declared: plan.limits,
    effective,
    differences: limitDifferences(plan.limits, effective, opened),
    diskFolder,
    gauge,
    keeper,
    [Symbol.asyncDispose]: end,
  };
}

function limitsAsText(tier: Tier, { memoryBytes, cpus }: SandboxLimits): string {
  const cores = tier === 'rlimit' || tier === 'self-limited' ? '' : `, ${cpus} CPUs`;
  return `${bytesAsText(memoryBytes)}${cores}`;
}
