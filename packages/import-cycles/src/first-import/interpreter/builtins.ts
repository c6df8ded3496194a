import { linearise, setAttribute, deleteAttribute } from './attributes.ts';
import { createClass } from './classes.ts';
import { display } from './container-methods.ts';
import { load, loadRelative } from './import-machinery.ts';
import { items } from './iteration.ts';
import type { Machine } from './machine.ts';
import { Names } from './names.ts';
import { isSubclass } from './python-exception.ts';
import { changing, trail } from './trail.ts';
import {
  builtin, constant, dictionary, FALSE, flag, keyOf, NONE, sequence, textOf, truthOf, UNKNOWN,
  type CallArguments, type Scope, type Value,
} from './value.ts'; // prettier-ignore

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

function hasAttribute(machine: Machine, value: Value | undefined, name: string | undefined): Value {
  if (value === undefined || name === undefined) return UNKNOWN;
  const found = machine.findAttribute(value, name);
  if (value.kind === 'module') return constant(found !== undefined);
  if (value.kind === 'external') return value.path === 'sys' && name === 'frozen' ? FALSE : constant(true);
  return found === undefined || found === UNKNOWN ? UNKNOWN : constant(true);
}

function getAttribute(
  machine: Machine,
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

function opaque(machine: Machine, what: string): Value {
  flag(machine.frame.module, 'open');
  machine.assume(`what ${what} does in ${machine.frame.module.name}`);
  return UNKNOWN;
}

function callWith(machine: Machine, callee: Value, ...positional: Value[]): Value {
  return machine.call(callee, { positional, keywords: new Map(), open: false });
}

function deferred(compute: () => ReturnType<typeof items>): Value {
  let result: ReturnType<typeof items> | undefined;
  const run = (): ReturnType<typeof items> => {
    if (result === undefined) {
      result = compute();
      trail().note(() => (result = undefined));
    }
    return result;
  };
  return { kind: 'generator', run };
}

function range(positional: readonly Value[]): Value {
  const bounds = positional.map((value) =>
    value.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined,
  );
  if (bounds.includes(undefined) || bounds.length > 2) return sequence('list', [], true);
  const [from, to] = bounds.length === 1 ? [0, bounds[0]!] : [bounds[0]!, bounds[1]!];
  const count = Math.max(0, to - from);
  return sequence(
    'list',
    Array.from({ length: Math.min(count, 2_000) }, (_, index) => constant(from + index)),
    count > 2_000,
  );
}

function length(machine: Machine, value: Value | undefined): Value {
  if (value === undefined) return UNKNOWN;
  if (textOf(value) !== undefined) return constant([...textOf(value)!].length);
  if (value.kind !== 'sequence' && value.kind !== 'dict') return UNKNOWN;
  const known = items(machine, value);
  return known.open ? UNKNOWN : constant(known.items.length);
}

function textOfAny(value: Value | undefined): Value {
  if (value === undefined) return constant('');
  if (value.kind === 'constant') return typeof value.value === 'string' ? value : constant(display(value));
  const message = value.kind === 'instance' ? value.names.get('\0message') : undefined;
  return message ?? UNKNOWN;
}

function makeDict(
  machine: Machine,
  value: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
  open: boolean,
): Value {
  const dict = dictionary(open);
  if (value?.kind === 'dict') {
    for (const [text, entry] of value.entries) dict.entries.set(text, entry);
    dict.open ||= value.open;
  } else if (value !== undefined) {
    const pairs = items(machine, value);
    dict.open ||= pairs.open;
    for (const pair of pairs.items) {
      const [key, one] = pair.kind === 'sequence' ? pair.items : [];
      const text = key && keyOf(key);
      if (text === undefined || one === undefined) dict.open = true;
      else dict.entries.set(text, { key: key!, value: one });
    }
  }
  for (const [word, one] of keywords) dict.entries.set(`s:${word}`, { key: constant(word), value: one });
  return dict;
}

function quantify(machine: Machine, value: Value | undefined, wanted: boolean): Value {
  if (value === undefined) return UNKNOWN;
  const known = items(machine, value);
  const truths = known.items.map(truthOf);
  if (truths.includes(wanted)) return constant(wanted);
  return known.open || truths.includes(undefined) ? UNKNOWN : constant(!wanted);
}

function consumed(machine: Machine, value: Value | undefined): Value {
  if (value?.kind === 'generator') value.run();
  else if (value) void machine;
  return UNKNOWN;
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
  machine: Machine,
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

function superOf(machine: Machine, after: Value | undefined, self: Value | undefined): Value {
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

/** `__import__(name, globals, locals, fromlist, level)`. */
function importFunction(machine: Machine, { positional, keywords }: CallArguments): Value {
  const name = textOf(positional[0] ?? keywords.get('name'));
  if (name === undefined) {
    machine.assume('what __import__() imports');
    return UNKNOWN;
  }
  const given = positional[4] ?? keywords.get('level');
  const level = given?.kind === 'constant' && typeof given.value === 'number' ? given.value : 0;
  const fromList = positional[3] ?? keywords.get('fromlist');
  const module = loadRelative(machine, name, level, machine.frame.module);
  if (fromList !== undefined && truthOf(fromList) !== false) {
    if (module.kind === 'module' && module.names.has('__path__')) {
      for (const item of items(machine, fromList).items) {
        const wanted = textOf(item);
        if (
          wanted !== undefined &&
          wanted !== '*' &&
          machine.findAttribute(module, wanted) === undefined &&
          machine.find(`${module.name}.${wanted}`, module)
        ) {
          load(machine, `${module.name}.${wanted}`);
        }
      }
    }
    return module;
  }
  return level > 0 || !name.includes('.') ? module : load(machine, name.split('.', 1)[0]!);
}
