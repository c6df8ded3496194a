import { EXCEPTION_CLASSES } from './exception-classes.ts';
import { constant, sequence } from './make-value.ts';
import { Names } from './names.ts';
import type { InstanceValue, Value } from './value.ts';

/** Where an exception was raised, and which imports were in progress. */
export interface RaisedAt {
  readonly path: string | undefined;
  readonly line: number;
  readonly chain: readonly ImportStep[];
  /** Raised in a called function, and of a kind that imports do not raise. */
  readonly isAside: boolean;
}

/** An import statement in progress. */
export interface ImportStep {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/** An exception of the interpreted program on its way up. (No `Error`: it is no fault of ours and needs no stack.) */
export class PythonException {
  readonly value: InstanceValue;
  readonly at: RaisedAt;

  constructor(value: InstanceValue, at: RaisedAt) {
    this.value = value;
    this.at = at;
  }

  get type(): string {
    return this.value.type.name;
  }

  get message(): string {
    const message = this.value.names.get('\0message');
    return message?.kind === 'constant' && typeof message.value === 'string' ? message.value : '';
  }
}

/** An instance of a built-in exception whose `str()` is `message`. */
export function exceptionInstance(
  type: string,
  message: string,
  attributes: Readonly<Record<string, Value>> = {},
): InstanceValue {
  const names = new Names(Object.entries(attributes));
  names.set('\0message', constant(message));
  names.set('args', sequence('tuple', [constant(message)]));
  names.set('msg', constant(message));
  return { kind: 'instance', type: EXCEPTION_CLASSES.get(type)!, names };
}
