import { getAttribute, hasAttribute } from './attribute-functions.ts';
import { importFunction } from './import-function.ts';
import { callWith, consumed, deferred, length, makeDict, quantify, range } from './iteration-functions.ts';
import { isInstance, superOf, textOfAny, typeCall } from './type-functions.ts';
import { items } from '../containers/iteration.ts';
import type { Machine } from '../machine.ts';
import { deleteAttribute, setAttribute } from '../objects/attributes.ts';
import { isSubclass } from '../values/exception-classes.ts';
import { NONE, UNKNOWN, builtin, constant, sequence } from '../values/make-value.ts';
import { changing, flag } from '../values/trail.ts';
import type { CallArguments, Scope, Value } from '../values/value.ts';
import { display, textOf, truthOf } from '../values/what-is-known.ts';

type Computed = (args: CallArguments) => Value;

/** The built-in functions that module bodies use to look for names, build tables and import. */
export function computedBuiltins(machine: Machine): Map<string, Value> {
  const list =
    (type: 'list' | 'tuple' | 'set'): Computed =>
    ({ positional: [first] }) => {
      const known = first === undefined ? sequence(type, []) : items(machine, first);
      return sequence(type, [...known.items], known.open);
    };
  const table: Record<string, Computed> = {
    hasattr: ({ positional: [value, name] }) => hasAttribute(machine, value, textOf(name)),
    getattr: ({ positional: [value, name, fallback] }) =>
      getAttribute(machine, value, textOf(name), fallback),
    setattr: ({ positional: [value, name, assigned] }) => {
      if (value?.kind === 'module' && textOf(name) === undefined) flag(value, 'open');
      else if (value && assigned && textOf(name) !== undefined) setAttribute(value, textOf(name)!, assigned);
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
    list: list('list'),
    tuple: list('tuple'),
    set: list('set'),
    frozenset: list('set'),
    sorted: ({ positional: [value] }) => {
      const known = value === undefined ? sequence('list', []) : items(machine, value);
      const texts = known.items.map(textOf);
      return sequence(
        'list',
        texts.includes(undefined) ? [...known.items] : (texts as string[]).sort().map(constant),
        known.open,
      );
    },
    reversed: ({ positional: [value] }) => {
      const known = value === undefined ? sequence('list', []) : items(machine, value);
      return sequence('list', [...known.items].reverse(), known.open);
    },
    enumerate: ({ positional: [value] }) => {
      const known = value === undefined ? sequence('list', []) : items(machine, value);
      return sequence(
        'list',
        known.items.map((item, index) => sequence('tuple', [constant(index), item])),
        known.open,
      );
    },
    zip: ({ positional }) => {
      const columns = positional.map((value) => items(machine, value));
      const count = Math.min(...columns.map((column) => column.items.length));
      const rows = Array.from({ length: Number.isFinite(count) ? count : 0 }, (_, row) =>
        sequence(
          'tuple',
          columns.map((column) => column.items[row]!),
        ),
      );
      return sequence(
        'list',
        rows,
        columns.some((column) => column.open),
      );
    },
    map: ({ positional: [callee, ...iterables] }) =>
      deferred(() => {
        const known = iterables[0] === undefined ? sequence('list', []) : items(machine, iterables[0]);
        const values = known.items.map((item) =>
          iterables.length > 1 || callee === undefined ? UNKNOWN : callWith(machine, callee, item),
        );
        return sequence('list', values, known.open);
      }),
    filter: ({ positional: [callee, iterable] }) =>
      deferred(() => {
        const known = iterable === undefined ? sequence('list', []) : items(machine, iterable);
        const truths = known.items.map((item) =>
          truthOf(callee === undefined || callee === NONE ? item : callWith(machine, callee, item)),
        );
        return sequence(
          'list',
          known.items.filter((_, index) => truths[index] !== false),
          known.open || truths.includes(undefined),
        );
      }),
    range: ({ positional }) => range(positional),
    len: ({ positional: [value] }) => length(machine, value),
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
    dict: ({ positional: [value], keywords, open }) => makeDict(machine, value, keywords, open),
    any: ({ positional: [value] }) => quantify(machine, value, true),
    all: ({ positional: [value] }) => quantify(machine, value, false),
    next: ({ positional: [value, fallback] }) => {
      if (value?.kind !== 'generator') return UNKNOWN;
      const known = value.run();
      changing(known);
      return known.items.shift() ?? (known.open ? UNKNOWN : (fallback ?? machine.raise('StopIteration', '')));
    },
    iter: ({ positional: [value] }) => value ?? UNKNOWN,
    sum: ({ positional: [value] }) => consumed(machine, value),
    min: ({ positional: [value] }) => consumed(machine, value),
    max: ({ positional: [value] }) => consumed(machine, value),
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
    print: () => NONE,
    exec: () => opaque(machine, 'exec()'),
    eval: () => opaque(machine, 'eval()'),
    exit: ({ positional: [code] }) => machine.raise('SystemExit', textOf(code) ?? '', { code: code ?? NONE }),
    quit: ({ positional: [code] }) => machine.raise('SystemExit', textOf(code) ?? '', { code: code ?? NONE }),
    __import__: (args) => importFunction(machine, args),
  };
  const builtins = new Map<string, Value>(
    Object.entries(table).map(([name, compute]) => [name, builtin(name, compute)]),
  );
  builtins.set('__debug__', constant(true));
  return builtins;
}

function namesOf(scope: Scope): Value {
  return { kind: 'namespace', names: scope.names, module: scope.module };
}

function opaque(machine: Machine, what: string): Value {
  flag(machine.frame.module, 'open');
  machine.assume(`what ${what} does in ${machine.frame.module.name}`);
  return UNKNOWN;
}
