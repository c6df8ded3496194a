import type { Sandbox, SandboxLimits, Tier } from '../model/sandbox.ts';
import { bytesAsText } from '../safety/bytes-as-text.ts';
import { watchHost } from '../safety/watch-host.ts';
import { limitDifferences } from './limit-differences.ts';
import type { OpenedTier } from './tier-plan.ts';

/** After the keeper's own deadline, ms: whoever hangs is ended from outside. */
const OVERTIME_MS = 5_000;
/** Its deadline counts from its own start, which was so much earlier at most, ms. */
const STARTED_BEFORE_MS = 10_000;

export interface AssemblyOptions {
  readonly notHad: Sandbox['notHad'] & {};
  /** So much stays free on this machine, bytes. */
  readonly floorBytes: number;
  /** For tests: what is available on this machine, bytes. */
  readonly readAvailable?: () => number;
}

/** Puts the guards around an opened place: the watch over the machine, the deadline, the signal. */
export function assembleSandbox(
  opened: OpenedTier,
  { notHad, floorBytes, readAvailable }: AssemblyOptions,
): Sandbox {
  const { tier, place, plan, effective, diskFolder, gauge, keeper, cgroup, stack } = opened;
  let ended: string | undefined;
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= close());
  const endBecause = (why: string): Promise<void> => {
    if (ending === undefined) ended = why;
    return end();
  };
  // A failure here is met again by whoever disposes of the sandbox, and by the workspace.
  const endLater = (why: string): void => void endBecause(why).catch(() => {});
  const watch = watchHost({
    sandbox: {
      [Symbol.asyncDispose]: () =>
        endBecause(
          `this machine had ${bytesAsText(watch.endedAt ?? 0)} of memory left, and ${bytesAsText(floorBytes)} must stay free`,
        ),
    },
    floorBytes,
    signal: plan.signal,
    ...(readAvailable === undefined ? {} : { read: readAvailable }),
  });
  const deadline = setTimeout(() => endLater(lateText(plan.deadlineMs)), plan.deadlineMs + OVERTIME_MS);
  deadline.unref();
  const start = performance.now();
  const noteKeeperEnd = (): void => {
    const isLate =
      performance.now() - start >= Math.max(plan.deadlineMs - STARTED_BEFORE_MS, plan.deadlineMs / 2);
    if (ending === undefined && isLate) ended = lateText(plan.deadlineMs);
  };
  keeper.ended.then(noteKeeperEnd, () => {});
  const abort = (): void => endLater('the run was interrupted');
  plan.signal.addEventListener('abort', abort, { once: true });
  if (plan.signal.aborted) abort();
  async function close(): Promise<void> {
    clearTimeout(deadline);
    plan.signal.removeEventListener('abort', abort);
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
    ...(cgroup === undefined ? {} : { cgroup }),
    get ended() {
      return ended;
    },
    [Symbol.asyncDispose]: end,
  };
}

const lateText = (deadlineMs: number): string =>
  `its deadline of ${Math.round(deadlineMs / 1000)} s was over, and something in it still ran`;

function limitsAsText(tier: Tier, { memoryBytes, cpus }: SandboxLimits): string {
  const cores = tier === 'rlimit' || tier === 'self-limited' ? '' : `, ${cpus} CPUs`;
  return `${bytesAsText(memoryBytes)}${cores}`;
}
