import { items } from '../containers/iteration.ts';
import { load, resolveName } from '../imports/find-and-load.ts';
import type { PythonMachine } from '../python-machine.ts';
import { NONE, UNKNOWN, builtin } from '../values/make-value.ts';
import type { CallArguments, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

type Known = (machine: PythonMachine, args: CallArguments) => Value;

/** A decorator that hands its function back, used plainly or with arguments first. */
const transparent: Known = (_machine, { positional, keywords }) => {
  const [first] = positional;
  if (
    positional.length === 1 &&
    keywords.size === 0 &&
    (first?.kind === 'function' || first?.kind === 'class' || first?.kind === 'descriptor')
  )
    return first;
  return builtin('decorator', (args) => args.positional[0] ?? UNKNOWN);
};

const firstArgument: Known = (_machine, { positional }) => positional[0] ?? UNKNOWN;
const secondArgument: Known = (_machine, { positional }) => positional[1] ?? UNKNOWN;

/** Functions outside the project whose effect on an import is known; any other gives something unknown and does nothing. */
const CALLS: Readonly<Record<string, Known>> = {
  'importlib.import_module': importModule,
  'importlib.util.find_spec': findSpec,
  'contextlib.suppress': (_machine, { positional }) => ({ kind: 'suppress', types: positional }),
  'contextlib.contextmanager': firstArgument,
  'functools.wraps': () => builtin('decorator', (args) => args.positional[0] ?? UNKNOWN),
  'functools.lru_cache': transparent,
  'functools.cache': transparent,
  'functools.total_ordering': transparent,
  'functools.update_wrapper': firstArgument,
  'functools.singledispatch': transparent,
  'functools.cached_property': (_machine, { positional }) => ({
    kind: 'descriptor',
    type: 'property',
    value: positional[0] ?? UNKNOWN,
  }),
  'functools.partial': partial,
  'functools.reduce': reduce,
  'dataclasses.dataclass': transparent,
  'abc.abstractmethod': transparent,
  'enum.unique': transparent,
  'typing.cast': secondArgument,
  'typing.final': firstArgument,
  'typing.overload': firstArgument,
  'typing.no_type_check': firstArgument,
  'typing.runtime_checkable': firstArgument,
  'typing_extensions.final': firstArgument,
  'typing_extensions.runtime_checkable': firstArgument,
  'atexit.register': firstArgument,
  'sys.intern': firstArgument,
  'sys.exit': (machine, { positional }) =>
    machine.raise('SystemExit', textOf(positional[0]) ?? '', { code: positional[0] ?? NONE }),
};

/** Calls a function outside the project by its dotted name. */
export function callExternal(machine: PythonMachine, path: string, args: CallArguments): Value {
  const known = CALLS[path];
  if (known !== undefined && Object.hasOwn(CALLS, path)) return known(machine, args);
  return UNKNOWN;
}

function importModule(machine: PythonMachine, { positional, keywords }: CallArguments): Value {
  const name = textOf(positional[0] ?? keywords.get('name'));
  if (name === undefined) {
    machine.assume('what importlib.import_module() imports');
    return UNKNOWN;
  }
  const level = /^\.*/.exec(name)![0].length;
  if (level === 0) return load(machine, name);
  const given = positional[1] ?? keywords.get('package');
  const packageName = textOf(given);
  if (packageName === undefined || packageName === '') {
    if (given !== undefined && given !== NONE && packageName !== '') return UNKNOWN;
    return machine.raise(
      'TypeError',
      `the 'package' argument is required to perform a relative import for '${name}'`,
    );
  }
  return load(machine, resolveName(machine, name.slice(level), packageName, level));
}

function findSpec(machine: PythonMachine, { positional }: CallArguments): Value {
  const name = textOf(positional[0]);
  if (name === undefined || name.startsWith('.')) return UNKNOWN;
  const dot = name.lastIndexOf('.');
  const parent = dot < 0 ? undefined : load(machine, name.slice(0, dot));
  if (parent !== undefined && parent.kind !== 'module')
    return { kind: 'external', path: 'importlib.machinery' };
  return machine.find(name, parent) === undefined ? NONE : { kind: 'external', path: 'importlib' };
}

function partial(machine: PythonMachine, { positional, keywords, open }: CallArguments): Value {
  const [callee, ...bound] = positional;
  return builtin('partial', (args) =>
    machine.call(callee ?? UNKNOWN, {
      positional: [...bound, ...args.positional],
      keywords: new Map([...keywords, ...args.keywords]),
      open: open || args.open,
    }),
  );
}

function reduce(machine: PythonMachine, { positional: [callee, iterable, initial] }: CallArguments): Value {
  if (callee === undefined || iterable === undefined) return UNKNOWN;
  const { items: known, open } = items(machine, iterable);
  const values = initial === undefined ? known : [initial, ...known];
  const result = values
    .slice(1)
    .reduce(
      (left, right) => machine.call(callee, { positional: [left, right], keywords: new Map(), open: false }),
      values[0] ?? UNKNOWN,
    );
  return open ? UNKNOWN : result;
}
