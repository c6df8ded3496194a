import type { Missing } from './environment.ts';

/**
 * Thrown while a scenario measures: something that it needs is not there, which only trying could show. The scenario is
 * skipped with it, as if `requires` had said so.
 */
export class EnvironmentMissing extends Error {
  override readonly name = 'EnvironmentMissing';
  readonly missing: Missing;

  constructor(missing: Missing, options?: ErrorOptions) {
    super(`${missing.what}. ${missing.how}.`, options);
    this.missing = missing;
  }
}
