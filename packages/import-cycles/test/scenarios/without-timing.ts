import type { AnyScenario, LimitOverrides } from '@seaworthy/scenario';

/** What these decide depends on what else the machine does: on their verdict insist the `validate` and `prove` targets, which run alone. */
export const TIMED: ReadonlySet<string> = new Set(['imports/performance', 'imports/leak', 'imports/threads']);

const given = (values: Record<string, number>): LimitOverrides => ({ values, source: 'the test' });

/** Enough time for the others on any machine. */
export const UNHURRIED: ReadonlyMap<string, LimitOverrides> = new Map([
  ['imports/simple-cycle', given({ maxSearch: 100_000 })],
  ['imports/complex-web', given({ maxSearch: 100_000 })],
  ['imports/project', given({ maxDuration: 100_000 })],
]);

/** The scenarios whose verdict rests on no time, less their faults that take too long. */
export function untimed(scenarios: readonly AnyScenario[]): readonly AnyScenario[] {
  return scenarios
    .filter(({ id }) => !TIMED.has(id))
    .map((scenario) => ({
      ...scenario,
      faults: scenario.faults.filter(({ id }) => id !== 'takes-too-long'),
    }));
}
