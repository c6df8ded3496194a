import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustMemory } from '../../memory/exhaust-memory.ts';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import type { Sandbox } from '../../model/sandbox.ts';
import { measureRecovery } from '../../recovery/measure-recovery.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import type { Crowd, WorkersObservation } from './workers-observation.ts';
import type { WorkersPlan } from './workers-plan.ts';

/** One number of workers after the other at a barrier, and then more than there is, under a budget that they share. */
export async function measureWorkers(
  plan: WorkersPlan,
  context: MeasureContext,
): Promise<WorkersObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['memoryBytes'], (open) =>
    gather(open, plan, context),
  );
  return { sandbox, crowd: result };
}

async function gather(
  sandbox: Sandbox,
  plan: WorkersPlan,
  { signal, progress }: MeasureContext,
): Promise<Crowd> {
  const limitBytes = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  const other =
    plan.keptPerWorkerBytes > 0 || plan.takenShare > 0
      ? await sandbox.keeper.startVictim({ signal })
      : undefined;
  await other?.memory(Math.round(plan.takenShare * limitBytes));
  const rounds: Crowd['rounds'][number][] = [];
  for (const workers of plan.counts) {
    progress(`${workers} ${workers === 1 ? 'worker' : 'workers'} at once`);
    const baseline = await sandbox.gauge.read();
    const run = await exhaustMemory(sandbox, {
      bytes: plan.perWorkerBytes * (plan.shareOne ? 1 : workers),
      workers,
      chunkBytes: plan.chunkBytes,
      holdMs: plan.holdMs,
      timeoutMs: plan.fillMs + plan.holdMs,
      signal,
      ...(plan.reserveOnly ? { fault: 'reserve' } : {}),
    });
    await other?.memory(plan.keptPerWorkerBytes * workers);
    // Of one worker's share nothing more than a small part may be waited for.
    const toleranceBytes = 500_000 * workers;
    const recovery = await measureRecovery(sandbox, baseline, {
      toleranceBytes,
      patienceMs: plan.patienceMs,
      signal,
    });
    rounds.push(plain({ workers, run, recovery }));
    if (run.outcome !== 'held') break;
  }
  await other?.end();
  const isThrough = rounds.length === plan.counts.length && rounds.at(-1)?.run.outcome === 'held';
  const over = isThrough ? await goOver(sandbox, plan, limitBytes, signal) : null;
  return { perWorkerBytes: plan.perWorkerBytes, rounds, over: plain(over) };
}

function goOver(
  sandbox: Sandbox,
  { over, chunkBytes, holdMs, fillMs }: WorkersPlan,
  limitBytes: number,
  signal: AbortSignal,
): Promise<MemoryExhaustion> {
  return exhaustMemory(sandbox, {
    bytes: Math.round(over.share * limitBytes),
    workers: over.workers,
    chunkBytes,
    holdMs,
    timeoutMs: fillMs + holdMs,
    signal,
    protect: { share: over.guardShare, counts: over.counts },
  });
}
