import { UsageError } from '@seaworthy/scenario';
import type { DescriptorExhaustion, DescriptorRequest } from '../model/exhaustion.ts';
import type { GaugeReading } from '../model/gauge.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Victim, VictimReply } from '../model/victim.ts';
import { Course } from '../pressure/course.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { exerciseVictim } from '../pressure/exercise-victim.ts';
import { Patience } from '../pressure/patience.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
/** So many times what was declared shows that nothing limits it: going on would take kernel memory for nothing. */
const CLEARLY_TOO_MANY = 2;

/**
 * Opens descriptors in one victim, to a share of the limit or until the kernel refuses, and lets it do everyday things at the height
 * and afterwards. It is asked over descriptors that were open before, so that a full table blinds nobody.
 *
 * @throws UsageError for a request that makes no sense
 * @throws KeeperGone where the sandbox is lost, whenever that is
 * @throws KeeperRefused where no further process may run in it
 */
export async function exhaustDescriptors(
  sandbox: Sandbox,
  request: DescriptorRequest,
): Promise<DescriptorExhaustion> {
  const { share, keepEvery } = request;
  if (share !== 'untilFull' && !(share > 0 && share <= 1)) {
    throw new UsageError(
      'DESCRIPTOR_REQUEST',
      `Expected a share above 0 and up to 1, or 'untilFull', got ${share}`,
    );
  }
  using patience = new Patience(request.signal, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const course = new Course(sandbox.gauge, mostOpen, 'open descriptors');
  const victim = await sandbox.keeper.startVictim();
  try {
    const unreserved = request.fault === 'no-reserve';
    const limit = sandbox.effective.descriptors;
    const expected = limit ?? sandbox.declared.descriptors;
    const base = (await patience.wait(victim.descriptors(0, { unreserved })))?.figures['base'] ?? 0;
    await course.look();
    const target =
      share === 'untilFull'
        ? sandbox.declared.descriptors * CLEARLY_TOO_MANY
        : Math.floor(expected * share) - base;
    const start = performance.now();
    const reply = await patience.wait(victim.descriptors(Math.max(0, target), { unreserved }));
    const fillMs = performance.now() - start;
    const gaugeAtHeight = await course.look();
    const openAtHeight = await openIn(sandbox, victim);
    const atHeight = await exerciseVictim(victim, patience);
    const opened = reply?.figures['openDescriptors'] ?? 0;
    await patience.wait(
      keepEvery === undefined ? victim.release() : victim.descriptors(Math.ceil(opened / keepEvery)),
    );
    const afterwards = await exerciseVictim(victim, patience);
    const openAfterwards = await openIn(sandbox, victim);
    await course.look();
    const before = base + (unreserved && keepEvery === undefined ? 1 : 0); // Releasing takes the reserve back.
    return {
      outcome: outcomeOf(reply, patience),
      ...(limit === undefined ? {} : { limit }),
      declared: sandbox.declared.descriptors,
      base,
      opened,
      ...(reply?.error === undefined ? {} : { error: reply.error }),
      ...(openAtHeight === undefined ? {} : { openAtHeight }),
      ...(gaugeAtHeight === undefined ? {} : { gaugeAtHeight }),
      exact:
        share === 'untilFull' ? reply?.error === 'EMFILE' && opened === expected - base : opened === target,
      atHeight,
      afterwards,
      ...(openAfterwards === undefined
        ? {}
        : { openAfterwards, notReturned: Math.max(0, openAfterwards - before) }),
      fillMs: Math.round(fillMs),
      curve: course.curve,
    };
  } finally {
    await endVictims([victim]);
  }
}

/** Of the process that has the most: the victim, once it holds any. */
function mostOpen({ descriptors }: GaugeReading): number | undefined {
  return descriptors === undefined || descriptors.size === 0 ? undefined : Math.max(...descriptors.values());
}

/** As the keeper counts them, from outside of the victim. */
export async function openIn(sandbox: Sandbox, victim: Victim): Promise<number | undefined> {
  const processes = await sandbox.keeper.inside.processes();
  return processes.find((one) => one.victim === victim.id)?.descriptors;
}

function outcomeOf(reply: VictimReply | undefined, patience: Patience): DescriptorExhaustion['outcome'] {
  if (reply === undefined) return patience.endedBy ?? 'timeout';
  if (reply.outcome === 'died') return 'killed';
  return reply.outcome === 'refused' ? 'refused' : 'held';
}
