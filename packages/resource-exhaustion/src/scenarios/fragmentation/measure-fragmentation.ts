import type { MeasureContext } from '@seaworthy/scenario';
import { splitMemory, type SplitMemory } from '../../memory-split/split-memory.ts';
import type { Sandbox } from '../../model/sandbox.ts';
import type { Victim } from '../../model/victim.ts';
import { exerciseVictim } from '../../pressure/exercise-victim.ts';
import { Patience } from '../../pressure/patience.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import type { Churned, FragmentationObservation } from './fragmentation-observation.ts';
import type { FragmentationPlan } from './fragmentation-plan.ts';

/** Blocks of mixed sizes made and freed, then one large piece and everyday things, all in one process. */
export async function measureFragmentation(
  plan: FragmentationPlan,
  context: MeasureContext,
): Promise<FragmentationObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['memoryBytes'], (open) =>
    churn(open, plan, context),
  );
  return { sandbox, churned: result };
}

async function churn(
  sandbox: Sandbox,
  plan: FragmentationPlan,
  { signal, seed, progress }: MeasureContext,
): Promise<Churned> {
  const victim = await sandbox.keeper.startVictim({ signal });
  const other = plan.heldBytes > 0 ? await sandbox.keeper.startVictim({ signal }) : undefined;
  try {
    progress(`${plan.cycles} rounds of blocks of ${plan.smallest} to ${plan.largest} bytes`);
    using patience = new Patience(signal, plan.churnMs);
    const memory = await splitMemory(sandbox, {
      ...churnOptions(plan, seed),
      victim,
      signal: patience.signal,
    }).catch((error: unknown) => {
      if (patience.endedBy !== 'timeout') throw error;
      return TOO_LATE;
    });
    const isAlive = memory.outcome === 'done';
    await other?.memory(plan.heldBytes);
    const piece = isAlive ? await allocate(victim, plan.pieceBytes) : null;
    if (piece?.outcome === 'done') await victim.memory(0);
    if (plan.suspend) await victim.kill('SIGSTOP');
    const answer = isAlive && piece?.outcome !== 'died' ? await ask(victim, plan, signal) : null;
    const stoppedAfterMs = patience.endedBy === 'timeout' ? plan.churnMs : null;
    return plain({ bytes: plan.bytes, memory, stoppedAfterMs, piece, answer });
  } finally {
    // It may be in the middle of a round, and hear nothing.
    await victim.kill('SIGKILL').catch(() => {});
    await other?.end();
  }
}

const TOO_LATE: SplitMemory = {
  outcome: 'died',
  outside: { baselineBytes: 0, highestBytes: 0, afterwardsBytes: 0, curve: [] },
  ms: 0,
};

function churnOptions(plan: FragmentationPlan, seed: number) {
  const { bytes, smallest, largest, cycles, trim, pinEvery } = plan;
  return { bytes, smallest, largest, cycles, trim, seed, ...(pinEvery === null ? {} : { pinEvery }) };
}

async function allocate(victim: Victim, bytes: number): Promise<NonNullable<Churned['piece']>> {
  const { outcome, error } = await victim.memory(bytes);
  return { bytes, outcome, error: error ?? null };
}

async function ask(
  victim: Victim,
  { answerMs }: FragmentationPlan,
  signal: AbortSignal,
): Promise<NonNullable<Churned['answer']>> {
  // A little longer than it may take, so that a late answer is told from none.
  using patience = new Patience(signal, answerMs + 500);
  const { answered, answerMs: ms, openFile, spawn, importModule } = await exerciseVictim(victim, patience);
  signal.throwIfAborted();
  const things = { 'open a file': openFile, 'start a program': spawn, 'import a module': importModule };
  const failed = Object.entries(things).flatMap(([thing, worked]) => (worked ? [] : [thing]));
  return { ms, answered, failed: answered ? failed : [] };
}
