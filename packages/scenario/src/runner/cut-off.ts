import type { CutOffBy } from '../result.ts';
import type { Clock } from './clock.ts';

/** Why something was stopped before its end, as a phrase: "the run was interrupted". */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

export interface CutOffOptions {
  /** Of the whole run. */
  readonly signal: AbortSignal;
  readonly budgetMs: number;
  readonly graceMs: number;
  readonly clock: Clock;
}

/** How a piece of work went that may have been cut off. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'cut-off'; readonly by: CutOffBy; readonly reason: string; readonly value?: T }
  | { readonly kind: 'threw'; readonly error: unknown };

/**
 * Does some work under a signal that fires when the whole run stops or the budget is used up. From then on the work has
 * the time of grace to return; what it returns by then is kept, what it throws is not, and if it does neither, it is
 * given up: nobody waits for it any more.
 */
export async function attempt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { signal, budgetMs, graceMs, clock }: CutOffOptions,
): Promise<Attempt<T>> {
  const controller = new AbortController();
  const givenUp = Promise.withResolvers<void>();
  let stopGrace = (): void => {};
  let by: CutOffBy = 'run';
  const stop = (cause: CutOffBy, reason: unknown): void => {
    if (controller.signal.aborted) return;
    by = cause;
    stopGrace = clock.after(graceMs, givenUp.resolve);
    controller.abort(reason);
  };
  const stopWithRun = (): void => stop('run', signal.reason);
  const stopBudget = clock.after(budgetMs, () => {
    stop('budget', new CutOff(`its budget of ${budgetMs / 1000} s was used up`));
  });
  signal.addEventListener('abort', stopWithRun);
  if (signal.aborted) stopWithRun();
  try {
    const outcome = await Promise.race([settle(work, controller.signal), givenUp.promise]);
    if (!controller.signal.aborted)
      return outcome ?? { kind: 'threw', error: new Error('Given up without reason') };
    const reason = describeReason(controller.signal.reason);
    return outcome?.kind === 'done'
      ? { kind: 'cut-off', by, reason, value: outcome.value }
      : { kind: 'cut-off', by, reason };
  } finally {
    stopBudget();
    stopGrace();
    signal.removeEventListener('abort', stopWithRun);
  }
}

async function settle<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<Exclude<Attempt<T>, { kind: 'cut-off' }>> {
  try {
    return { kind: 'done', value: await work(signal) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

/** The reason of an abort as a phrase; whoever interrupts without giving one interrupts "the run". */
export function describeReason(reason: unknown): string {
  if (reason instanceof CutOff) return reason.message;
  return reason instanceof Error && reason.name !== 'AbortError'
    ? `the run was interrupted (${reason.message})`
    : 'the run was interrupted';
}
