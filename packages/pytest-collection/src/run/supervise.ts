import type { Interruption } from '../model/collect-options.ts';
import type { RunningCollection } from '../model/collection-runner.ts';
import { startTimer } from './long-timer.ts';

export interface SupervisionOptions {
  readonly timeoutMs: number;
  readonly interrupt?: Interruption;
  /** Fires when the interruption is due before its time. */
  readonly due?: AbortSignal;
  readonly signal?: AbortSignal;
  /** Called before a run that takes too long is ended, while it can still be asked where it hangs. */
  readonly beforeKill: () => Promise<void>;
}

export interface Supervised {
  readonly exit: Awaited<RunningCollection['ended']>;
  readonly timedOut?: { readonly afterMs: number };
  readonly interruptedBy?: NodeJS.Signals;
  readonly stopMs?: number;
}

const PATIENCE_MS = 30_000;
const TERM_MS = 1_000;

/**
 * Waits for the end of a run; interrupts it when that is due, and kills it when it takes too long to end.
 *
 * @throws the signal's reason when it fires; the caller then disposes of the run
 */
export async function supervise(
  running: RunningCollection,
  { timeoutMs, interrupt, due, signal, beforeKill }: SupervisionOptions,
): Promise<Supervised> {
  const elapsed = (): number => msBetween(running.startedAt, process.hrtime.bigint());
  const endsWithin = (ms: number): Promise<boolean> => endedWithin(running, ms, { signal });
  const kill = async (): Promise<Supervised> => {
    const afterMs = elapsed();
    await Promise.race([beforeKill(), running.ended]);
    return { exit: await killed(running), timedOut: { afterMs } };
  };
  if (interrupt === undefined) {
    return (await endsWithin(timeoutMs - elapsed())) ? { exit: await running.ended } : kill();
  }
  const untilDue = Math.min(interrupt.afterMs, timeoutMs) - elapsed();
  if (await endedWithin(running, untilDue, { signal, cutShortBy: due })) return { exit: await running.ended };
  if (interrupt.afterMs >= timeoutMs && due?.aborted !== true) return kill();
  const interruptedBy = interrupt.signal ?? 'SIGINT';
  const sentAt = await send(running, interruptedBy, endsWithin);
  if (sentAt === undefined) return (await endsWithin(0)) ? { exit: await running.ended } : kill();
  const stopped = await endsWithin(interrupt.patienceMs ?? PATIENCE_MS);
  const result = stopped ? { exit: await running.ended } : await kill();
  return { ...result, interruptedBy, stopMs: msBetween(sentAt, result.exit.at) };
}

/** When the signal reached the run; `undefined` where that ended before, or never heard of it. */
async function send(
  running: RunningCollection,
  name: NodeJS.Signals,
  endsWithin: (ms: number) => Promise<boolean>,
): Promise<bigint | undefined> {
  const sentAt = process.hrtime.bigint();
  running.signal(name);
  if (running.signalled === undefined) return sentAt;
  const nothingLeft = endsWithin(PATIENCE_MS).then((ended) => (ended ? running.signalled?.() : undefined));
  return Promise.race([running.signalled(), nothingLeft]);
}

interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Ends the waiting as if the time were up. */
  readonly cutShortBy?: AbortSignal | undefined;
}

/** Whether the run ended by itself. */
async function endedWithin(
  running: RunningCollection,
  ms: number,
  { signal, cutShortBy }: WaitOptions,
): Promise<boolean> {
  const timeIsUp = Promise.withResolvers<false>();
  const give = (): void => timeIsUp.resolve(false);
  // Node's timers are of whole ms, and up to one too early.
  const stopTimer = startTimer(Math.max(0, Math.ceil(ms) + 1), give);
  const cuts = [signal, cutShortBy].filter((one) => one !== undefined);
  for (const cut of cuts) cut.addEventListener('abort', give);
  if (cuts.some((cut) => cut.aborted)) give();
  const ended = await Promise.race([running.ended.then(() => true), timeIsUp.promise]);
  stopTimer();
  for (const cut of cuts) cut.removeEventListener('abort', give);
  signal?.throwIfAborted();
  return ended;
}

/** SIGTERM first, for those who tidy up. */
async function killed(running: RunningCollection): Promise<Supervised['exit']> {
  running.signal('SIGTERM');
  if (!(await endedWithin(running, TERM_MS, {}))) running.signal('SIGKILL');
  return running.ended;
}

export function msBetween(from: bigint, to: bigint): number {
  return Number(to - from) / 1e6;
}
