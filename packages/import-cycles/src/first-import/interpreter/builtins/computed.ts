import type { CallArguments, Value } from '../values/value.ts';

/** A built-in function that is computed here. */
export type Computed = (args: CallArguments) => Value;
