import type { ConstantValue } from '../../syntax/nodes.ts';
import { trail } from './trail.ts';
import type {
  BuiltinValue,
  CallArguments,
  Constant,
  DictValue,
  SequenceValue,
  UnknownValue,
  Value,
} from './value.ts';

/** The value about which nothing is known. */
export const UNKNOWN: UnknownValue = { kind: 'unknown' };
/** `None`. */
export const NONE: Constant = { kind: 'constant', value: null };
/** `True`. */
export const TRUE: Constant = { kind: 'constant', value: true };
/** `False`. */
export const FALSE: Constant = { kind: 'constant', value: false };

/** A constant; those of few values are always the same objects. */
export function constant(value: ConstantValue): Constant {
  if (value === null) return NONE;
  if (value === true) return TRUE;
  return value === false ? FALSE : { kind: 'constant', value };
}

/** A new list, tuple or set of these items, which it takes over. */
export function sequence(type: 'list' | 'tuple' | 'set', items: Value[], open = false): SequenceValue {
  return { kind: 'sequence', type, items, open, saved: trail().barrier };
}

/** A new dictionary of these entries, which it takes over. */
export function dictionary(open = false, entries: DictValue['entries'] = new Map()): DictValue {
  return { kind: 'dict', entries, open, saved: trail().barrier };
}

/** A function that is computed here. */
export function builtin(name: string, call: (args: CallArguments) => Value): BuiltinValue {
  return { kind: 'builtin', name, call };
}
