import { deleteAttribute, setAttribute } from '../objects/attributes.ts';
import { flag } from '../values/trail.ts';
import { type Computed } from './computed.ts';
import { type Scope } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';
import type { PythonMachine } from '../python-machine.ts';
import { FALSE, UNKNOWN, constant, NONE, sequence } from '../values/make-value.ts';
import type { Value } from '../values/value.ts';

/** Functions that look at, and change, what objects and scopes hold. */
export function attributeFunctions(machine: PythonMachine): Record<string, Computed> {
  return {
    hasattr: ({ positional: [value, name] }) => hasAttribute(machine, value, textOf(name)),
    getattr: ({ positional: [value, name, fallback] }) =>
      getAttribute(machine, value, textOf(name), fallback),
    setattr: ({ positional: [value, name, assigned] }) => {
      if (value?.kind === 'module' && textOf(name) === undefined) flag(value, 'open');
      else if (value && assigned && textOf(name) !== undefined)
        setAttribute(machine, value, textOf(name)!, assigned);
      return NONE;
    },
    delattr: ({ positional: [value, name] }) => {
      if (value && textOf(name) !== undefined) deleteAttribute(machine, value, textOf(name)!);
      return NONE;
    },
    globals: () => ({ kind: 'namespace', names: machine.frame.module.names, module: machine.frame.module }),
    locals: () => namesOf(machine.frame.scope),
    vars: ({ positional: [value] }) => {
      if (value === undefined) return namesOf(machine.frame.scope);
      return value.kind === 'module' ? { kind: 'namespace', names: value.names, module: value } : UNKNOWN;
    },
    dir: ({ positional: [value] }) => {
      if (value === undefined)
        return sequence(
          'list',
          [...machine.frame.scope.names.keys()].sort().map(constant),
          machine.frame.scope.module.open,
        );
      return value.kind === 'module' && !value.names.has('__dir__')
        ? sequence('list', [...value.names.keys()].sort().map(constant), value.open)
        : UNKNOWN;
    },
  };
}

function hasAttribute(machine: PythonMachine, value: Value | undefined, name: string | undefined): Value {
  if (value === undefined || name === undefined) return UNKNOWN;
  const found = machine.findAttribute(value, name);
  if (value.kind === 'module') return constant(found !== undefined);
  if (value.kind === 'external') return value.path === 'sys' && name === 'frozen' ? FALSE : constant(true);
  return found === undefined || found === UNKNOWN ? UNKNOWN : constant(true);
}

function getAttribute(
  machine: PythonMachine,
  value: Value | undefined,
  name: string | undefined,
  fallback: Value | undefined,
): Value {
  if (value === undefined || name === undefined) return UNKNOWN;
  if (fallback === undefined) return machine.attribute(value, name);
  return machine.findAttribute(value, name) ?? fallback;
}

function namesOf(scope: Scope): Value {
  return { kind: 'namespace', names: scope.names, module: scope.module };
}
