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

export const UNKNOWN: UnknownValue = { kind: 'unknown' };
export const NONE: Constant = { kind: 'constant', value: null };
export const TRUE: Constant = { kind: 'constant', value: true };
export const FALSE: Constant = { kind: 'constant', value: false };

export function constant(value: ConstantValue): Constant {
  if (value === null) return NONE;
  if (value === true) return TRUE;
  return value === false ? FALSE : { kind: 'constant', value };
}

export function sequence(type: 'list' | 'tuple' | 'set', items: Value[], open = false): SequenceValue {
  return { kind: 'sequence', type, items, open, saved: trail().barrier };
}

export function dictionary(open = false, entries: DictValue['entries'] = new Map()): DictValue {
  return { kind: 'dict', entries, open, saved: trail().barrier };
}

export function builtin(name: string, call: (args: CallArguments) => Value): BuiltinValue {
  return { kind: 'builtin', name, call };
}
