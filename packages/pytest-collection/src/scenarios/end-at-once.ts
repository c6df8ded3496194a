/**
 * Begins to end a process where nobody can wait for it: in a timer, or when a signal fires. Whoever owns the process
 * disposes of it as well, and is told there if that fails.
 */
export function endAtOnce(process: AsyncDisposable): void {
  Promise.resolve(process[Symbol.asyncDispose]()).catch(() => undefined);
}
