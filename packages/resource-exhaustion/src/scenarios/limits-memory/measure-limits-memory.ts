import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustMemory } from '../../memory/exhaust-memory.ts';
import { measureRecovery } from '../../recovery/measure-recovery.ts';
import { startCanary } from '../../safety/canary/start-canary.ts';
import type { Sandbox } from '../../model/sandbox.ts';
import { percentAsText } from '../sandbox/amounts.ts';
import { watchDeaths } from '../sandbox/watch-deaths.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import { watchKeeper } from '../sandbox/watch-keeper.ts';
import { startCompanion } from './companion.ts';
import type { LimitsMemoryObservation, MemoryPressure, OverLimit } from './limits-memory-observation.ts';
import type { LimitsMemoryPlan } from './limits-memory-plan.ts';

/** Each level held and given up, then over the limit, with a companion inside of the sandbox and a neighbour outside. */
export async function measureLimitsMemory(
  plan: LimitsMemoryPlan,
  context: MeasureContext,
): Promise<LimitsMemoryObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['memoryBytes'], (open) =>
    press(open, plan, context),
  );
  return { sandbox, pressure: result };
}

async function press(
  sandbox: Sandbox,
  plan: LimitsMemoryPlan,
  { workspace, signal, progress }: MeasureContext,
): Promise<MemoryPressure> {
  await using neighbour = await startCanary(workspace);
  const keeper = watchKeeper(sandbox.keeper);
  const limitBytes = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  const companion = await startCompanion(sandbox.keeper, limitBytes, signal);
  await companion.hold(plan.companion.calm);
  const baseline = await sandbox.gauge.read();
  const levels: MemoryPressure['levels'][number][] = [];
  for (const share of plan.levels) {
    progress(`memory at ${percentAsText(share * 100)} of the limit`);
    const run = await exhaustMemory(sandbox, {
      share,
      holdMs: plan.holdMs,
      timeoutMs: plan.reachMs + plan.holdMs,
      signal,
      whileHeld: () => companion.visit(plan.companion.duringHold, plan.companion.calm),
      ...(plan.fault === null ? {} : { fault: plan.fault }),
    });
    levels.push({ share, run: plain(run) });
    if (run.outcome !== 'held' || !run.reached) break;
  }
  await companion.hold(plan.companion.afterRelease);
  const recovery = plain(await measureRecovery(sandbox, baseline, { patienceMs: plan.patienceMs, signal }));
  let overLimit: OverLimit | null = null;
  const wereHeld = levels.length === plan.levels.length && levels.at(-1)?.run.outcome === 'held';
  if (plan.overLimitShare !== null && wereHeld) {
    progress('over the memory limit');
    await companion.hold(plan.companion.overLimit);
    const attribute = watchDeaths(sandbox);
    const run = await exhaustMemory(sandbox, { overLimitShare: plan.overLimitShare, holdMs: 0, signal });
    const gone = run.deaths.length + ((await companion.look()).alive ? 0 : 1);
    overLimit = { run: plain(run), deaths: attribute(run.deaths, gone) };
  }
  return {
    levels,
    recovery,
    overLimit,
    companion: await companion.look(),
    keeperAlive: await keeper.isAlive(),
    neighbour: neighbour.verdict(),
  };
}
