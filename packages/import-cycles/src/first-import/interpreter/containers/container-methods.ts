import { dictMethod } from './dict-methods.ts';
import { listMethod } from './list-methods.ts';
import { namesMethod } from './namespace-methods.ts';
import { stringMethod } from './string-methods.ts';
import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, builtin } from '../values/make-value.ts';
import type { CallArguments, Value } from '../values/value.ts';

type Container = Extract<Value, { kind: 'constant' | 'sequence' | 'dict' | 'namespace' | 'sys-modules' }>;

/** The methods of strings, lists and dictionaries that module bodies use to build `__all__`, tables and names. */
export function containerMethod(machine: PythonMachine, value: Container, name: string): Value {
  const method = (call: (args: CallArguments) => Value) => builtin(name, call);
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'string'
        ? method((args) => stringMethod(machine, value.value as string, name, args))
        : UNKNOWN;
    case 'sequence':
      if (value.type === 'tuple' && (name === 'major' || name === 'minor')) {
        return value.items[name === 'major' ? 0 : 1] ?? UNKNOWN;
      }
      return method((args) => listMethod(machine, value, name, args));
    case 'dict':
      return method((args) => dictMethod(machine, value, name, args));
    default:
      return method((args) => namesMethod(machine, value, name, args));
  }
}
