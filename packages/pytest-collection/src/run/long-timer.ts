/** A timer of Node's that is set for longer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Calls back once after so many ms, however many; never for `Infinity`.
 *
 * @returns what stops it
 */
export function startTimer(ms: number, callback: () => void, longest: number = LONGEST_MS): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    timer = left > longest ? setTimeout(() => wait(left - longest), longest) : setTimeout(callback, left);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
