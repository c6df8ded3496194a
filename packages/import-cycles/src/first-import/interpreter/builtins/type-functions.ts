import { type Computed } from './computed.ts';
import type { PythonMachine } from '../python-machine.ts';
import { linearise } from '../objects/class-attributes.ts';
import { createClass } from '../objects/classes.ts';
import { isSubclass } from '../values/exception-classes.ts';
import { FALSE, UNKNOWN, constant } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import type { Scope, Value } from '../values/value.ts';
import { display, textOf, truthOf } from '../values/what-is-known.ts';

/** Functions about types, and that turn values into others. */
export function typeFunctions(machine: PythonMachine): Record<string, Computed> {
  return {
    bool: ({ positional: [value] }) => {
      const truth = value === undefined ? false : truthOf(value);
      return truth === undefined ? UNKNOWN : constant(truth);
    },
    str: ({ positional: [value] }) => textOfAny(value),
    repr: ({ positional: [value] }) => (value?.kind === 'constant' ? constant(display(value)) : UNKNOWN),
    int: ({ positional: [value] }) =>
      value?.kind === 'constant' && typeof value.value === 'number'
        ? constant(Math.trunc(value.value))
        : UNKNOWN,
    callable: ({ positional: [value] }) =>
      value && ['function', 'class', 'method', 'builtin'].includes(value.kind) ? constant(true) : UNKNOWN,
    isinstance: ({ positional: [value, type] }) => isInstance(value, type),
    issubclass: ({ positional: [value, type] }) => {
      const answer = value && type ? isSubclass(value, type) : undefined;
      return answer === undefined ? UNKNOWN : constant(answer);
    },
    type: ({ positional, keywords }) => typeCall(machine, positional, keywords),
    super: ({ positional: [after, self] }) => superOf(machine, after, self),
    property: ({ positional: [value] }) => ({
      kind: 'descriptor',
      type: 'property',
      value: value ?? UNKNOWN,
    }),
    classmethod: ({ positional: [value] }) => ({
      kind: 'descriptor',
      type: 'classmethod',
      value: value ?? UNKNOWN,
    }),
    staticmethod: ({ positional: [value] }) => ({
      kind: 'descriptor',
      type: 'staticmethod',
      value: value ?? UNKNOWN,
    }),
  };
}

function textOfAny(value: Value | undefined): Value {
  if (value === undefined) return constant('');
  if (value.kind === 'constant') return typeof value.value === 'string' ? value : constant(display(value));
  const message = value.kind === 'instance' ? value.names.get('\0message') : undefined;
  return message ?? UNKNOWN;
}

function isInstance(value: Value | undefined, type: Value | undefined): Value {
  if (value === undefined || type === undefined) return UNKNOWN;
  if (type.kind === 'sequence') {
    const answers = type.items.map((one) => isInstance(value, one));
    return (
      answers.find((one) => truthOf(one) === true) ??
      (answers.every((one) => truthOf(one) === false) ? FALSE : UNKNOWN)
    );
  }
  if (value.kind === 'instance') {
    const answer = isSubclass(value.type, type);
    return answer === undefined ? UNKNOWN : constant(answer);
  }
  if (type.kind === 'external' && type.path === 'types.ModuleType') return constant(value.kind === 'module');
  if (type.kind === 'builtin' && ['str', 'list', 'dict', 'tuple', 'set', 'type'].includes(type.name)) {
    if (value.kind === 'unknown' || value.kind === 'external') return UNKNOWN;
    const own =
      value.kind === 'sequence'
        ? value.type
        : value.kind === 'class'
          ? 'type'
          : textOf(value) !== undefined
            ? 'str'
            : value.kind;
    return constant(own === type.name);
  }
  return type.kind === 'class' && (value.kind === 'module' || value.kind === 'function')
    ? constant(type.name === 'object')
    : UNKNOWN;
}

function typeCall(
  machine: PythonMachine,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Value {
  const [first, bases, names] = positional;
  if (positional.length === 1) return first?.kind === 'instance' ? first.type : UNKNOWN;
  if (textOf(first) === undefined || bases?.kind !== 'sequence') return UNKNOWN;
  const own = new Names();
  if (names?.kind === 'dict')
    for (const entry of names.entries.values())
      if (textOf(entry.key)) own.set(textOf(entry.key)!, entry.value);
  return createClass(machine, textOf(first)!, bases.items, own, undefined, keywords);
}

function superOf(machine: PythonMachine, after: Value | undefined, self: Value | undefined): Value {
  if (after?.kind === 'class' && self) return { kind: 'super', self, after };
  let scope: Scope | undefined = machine.frame.scope;
  while (scope && scope.self === undefined) scope = scope.outer;
  let owner: Scope | undefined = scope;
  while (owner && owner.ownerClass === undefined) owner = owner.outer;
  const type = owner?.ownerClass?.value;
  if (scope?.self === undefined || type === undefined) return UNKNOWN;
  const receiver = scope.self;
  const own = receiver.kind === 'instance' ? receiver.type : receiver.kind === 'class' ? receiver : undefined;
  return own && linearise(own).includes(type) ? { kind: 'super', self: receiver, after: type } : UNKNOWN;
}
