import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo } from '@seaworthy/container-engine';
import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustMemory } from '../../memory/exhaust-memory.ts';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import type { Canary } from '../../model/safety.ts';
import type { Sandbox } from '../../model/sandbox.ts';
import type { Victim } from '../../model/victim.ts';
import { measureRecovery } from '../../recovery/measure-recovery.ts';
import { startCanary } from '../../safety/canary/start-canary.ts';
import { watchDeaths } from '../sandbox/watch-deaths.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import { watchKeeper } from '../sandbox/watch-keeper.ts';
import type { ControlRun, GradualObservation, GradualPressure } from './gradual-observation.ts';
import type { GradualPlan } from './gradual-plan.ts';

/** Under the guard, and then without it, with a neighbour outside that must not notice. */
export async function measureGradual(
  plan: GradualPlan,
  context: MeasureContext,
): Promise<GradualObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['memoryBytes'], (open) =>
    press(open, plan, context),
  );
  return { sandbox, pressure: result };
}

async function press(sandbox: Sandbox, plan: GradualPlan, context: MeasureContext): Promise<GradualPressure> {
  const { workspace, signal, progress } = context;
  await using neighbour = await startCanary(workspace);
  const keeper = watchKeeper(sandbox.keeper);
  const keeps = plan.kept > 0 ? await sandbox.keeper.startVictim({ signal }) : undefined;
  await keeps?.memory(0); // The one that answers has paid for its own start.
  const baseline = await sandbox.gauge.read();
  const recover = () =>
    measureRecovery(sandbox, baseline, {
      toleranceBytes: plan.toleranceBytes,
      patienceMs: plan.patienceMs,
      signal,
    });
  progress('memory in small steps, up to where the guard refuses');
  const guarded = await underGuard(sandbox, plan, signal);
  const limitBytes = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  await keeps?.memory(Math.round(plan.kept * limitBytes));
  const recovery = plain(await recover());
  await keeps?.end();
  if (plan.endNeighbour) await endProcess(neighbour);
  let control: ControlRun | null = null;
  if (guarded.outcome === 'protected') {
    progress('the same without a guard');
    control = await withoutGuard(sandbox, plan, signal);
  }
  return {
    guarded: plain(guarded),
    recovery,
    control,
    controlRecovery: control === null ? null : plain(await recover()),
    neighbour: neighbour.verdict(),
    keeperAlive: await keeper.isAlive(),
    engine: await askEngine(context),
  };
}

function underGuard(sandbox: Sandbox, plan: GradualPlan, signal: AbortSignal): Promise<MemoryExhaustion> {
  const place = plan.suspendAt === null ? sandbox : suspending(sandbox, plan.suspendAt);
  return exhaustMemory(place, {
    bytes: plan.mostBytes,
    chunkBytes: plan.chunkBytes,
    holdMs: 200,
    timeoutMs: plan.fillMs,
    signal,
    protect: {
      share: plan.guardShare,
      ...(plan.guardReads === null ? {} : { limitBytes: plan.guardReads }),
    },
    ...(plan.reserveOnly ? { fault: 'reserve' } : {}),
  });
}

async function withoutGuard(sandbox: Sandbox, plan: GradualPlan, signal: AbortSignal): Promise<ControlRun> {
  const attribute = watchDeaths(sandbox);
  const run = await exhaustMemory(sandbox, {
    overLimitShare: 0.1,
    chunkBytes: plan.chunkBytes,
    holdMs: 0,
    timeoutMs: plan.fillMs,
    signal,
    ...(plan.guardedControl ? { protect: { share: plan.guardShare } } : {}),
  });
  return { run: plain(run), deaths: attribute(run.deaths) };
}

/** The sandbox with a keeper whose victims are suspended once so much of the limit is used. */
function suspending(sandbox: Sandbox, share: number): Sandbox {
  const { keeper, gauge } = sandbox;
  const limitBytes = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  const victims: Victim[] = [];
  return {
    ...sandbox,
    keeper: {
      inside: keeper.inside,
      ended: keeper.ended,
      startVictim: async (options) => {
        const victim = await keeper.startVictim(options);
        victims.push(victim);
        return victim;
      },
    },
    gauge: {
      source: gauge.source,
      read: async () => {
        const reading = await gauge.read();
        const usage = reading.memory?.usageBytes ?? 0;
        if (usage > share * limitBytes) {
          for (const victim of victims.splice(0)) await victim.kill('SIGSTOP');
        }
        return reading;
      },
    },
  };
}

/** Waits until it was noticed: a signal takes its time. */
async function endProcess(neighbour: Canary): Promise<void> {
  neighbour.kill('SIGKILL');
  const start = performance.now();
  while (neighbour.verdict().alive && performance.now() - start < 5000) await sleep(10);
}

async function askEngine({ environment, signal }: MeasureContext): Promise<GradualPressure['engine']> {
  if (environment.engine === undefined) return null;
  const start = performance.now();
  try {
    await connectTo(environment.engine, { signal });
    return { answered: true, ms: Math.round(performance.now() - start) };
  } catch {
    signal.throwIfAborted();
    return { answered: false, ms: Math.round(performance.now() - start) };
  }
}
