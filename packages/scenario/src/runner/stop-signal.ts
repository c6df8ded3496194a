import type { Clock } from './clock.ts';
import { CutOff } from './cut-off.ts';

/** A signal that fires when the caller's does, or when the time for the whole run is over. */
export function createStopSignal(
  clock: Clock,
  signal: AbortSignal | undefined,
  deadlineMs: number | undefined,
): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted === true) interrupt();
  const stopTimer =
    deadlineMs === undefined
      ? undefined
      : clock.after(deadlineMs, () => {
          controller.abort(new CutOff(`the run's deadline of ${deadlineMs / 1000} s passed`));
        });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      stopTimer?.();
      signal?.removeEventListener('abort', interrupt);
    },
  };
}
