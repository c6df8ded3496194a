import { UsageError } from '@seaworthy/scenario';

/** What is longer than a timer can take (2^31 ms) fires at once, without an error. */
const LONGEST_MS = 2_000_000_000;
/** No keeper keeps more at once. */
const MOST_WORKERS = 250;

/** @throws UsageError where one is given that no timer can take. */
export function checkTimes(times: Readonly<Record<string, number | undefined>>): void {
  for (const [name, ms] of Object.entries(times)) {
    if (ms === undefined || (ms >= 0 && ms <= LONGEST_MS)) continue;
    throw new UsageError(
      'REQUEST_TIME',
      `Expected ${name} to be from 0 to ${LONGEST_MS} ms (23 days), got ${ms}`,
    );
  }
}

/** @throws UsageError */
export function checkWorkers(workers: number | undefined): void {
  if (workers === undefined || (Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS)) return;
  throw new UsageError(
    'REQUEST_WORKERS',
    `Expected workers to be a whole number from 1 to ${MOST_WORKERS}, got ${workers}`,
  );
}
