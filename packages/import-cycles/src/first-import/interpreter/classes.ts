import type { Statement } from '../syntax/nodes.ts';
import { findInClass, linearise } from './attributes.ts';
import { declaredNames } from './bound-names.ts';
import { display } from './container-methods.ts';
import type { Machine } from './machine.ts';
import { EXCEPTION_CLASSES, isSubclass } from './python-exception.ts';
import { Names } from './names.ts';
import { classScope, typeParameterScope } from './scopes.ts';
import {
  constant,
  sequence,
  textOf,
  typeNameOf,
  UNKNOWN,
  type CallArguments,
  type ClassValue,
  type InstanceValue,
  type Scope,
  type Value,
} from './value.ts';

type ClassNode = Extract<Statement, { kind: 'class' }>;

/** Executes a `class` statement (decorators apart): bases, body, metaclass, `__set_name__`, `__init_subclass__`. */
export function makeClass(machine: Machine, node: ClassNode, outer: Scope): ClassValue {
  const around = typeParameterScope(outer, node.typeParameters);
  const { positional: bases, keywords } = machine.callArguments(node.args, around);
  const scope = { ...classScope(around, declaredNames(node.body)), ownerClass: {} as { value?: ClassValue } };
  scope.names.set('__module__', outer.module.names.get('__name__') ?? UNKNOWN);
  scope.names.set('__qualname__', constant(node.name));
  machine.frame.line = node.line;
  machine.inFrame(
    {
      module: outer.module,
      isModuleBody: false,
      line: node.line,
      scope,
      handling: [],
      mayHaveReturned: false,
    },
    () => machine.run(node.body, scope),
  );
  machine.frame.line = node.line;
  const options = new Map(keywords);
  options.delete('metaclass');
  const type = createClass(machine, node.name, bases, scope.names, keywords.get('metaclass'), options);
  scope.ownerClass.value = type;
  return type;
}

export function createClass(
  machine: Machine,
  name: string,
  bases: readonly Value[],
  names: Names,
  given: Value | undefined,
  options: ReadonlyMap<string, Value>,
): ClassValue {
  for (const base of bases) refuseBase(machine, base);
  const inherited = bases
    .map((base) => (base.kind === 'class' ? base.metaclass : undefined))
    .find((one) => one !== undefined);
  const metaclass = given ?? inherited;
  const type: ClassValue = { kind: 'class', name, names, bases, ...(metaclass && { metaclass }) };
  for (const [attribute, value] of [...names]) {
    const hook = value.kind === 'instance' ? findInClass(value.type, '__set_name__') : undefined;
    if (hook?.kind === 'function')
      machine.call(hook, {
        positional: [value, type, constant(attribute)],
        keywords: new Map(),
        open: false,
      });
  }
  for (const base of linearise(type).slice(1)) {
    const hook = base.names.get('__init_subclass__');
    if (hook === undefined) continue;
    machine.call(hook.kind === 'descriptor' ? hook.value : hook, {
      positional: [type],
      keywords: options,
      open: false,
    });
    break;
  }
  // One that prepares the namespace works on a mapping of its own, which is not followed.
  if (metaclass?.kind === 'class' && findInClass(metaclass, '__prepare__') === undefined) {
    const args = [
      constant(name),
      sequence('tuple', [...bases]),
      { kind: 'namespace', names, module: machine.frame.module } as const,
    ];
    const construct = findInClass(metaclass, '__new__');
    if (construct?.kind === 'function')
      machine.call(construct, { positional: [metaclass, ...args], keywords: options, open: false });
    const initialise = findInClass(metaclass, '__init__');
    if (initialise?.kind === 'function')
      machine.call(initialise, { positional: [type, ...args], keywords: options, open: false });
  }
  return type;
}

/** `Class(…)`. */
export function instantiate(machine: Machine, type: ClassValue, args: CallArguments): Value {
  if (isSubclass(type, EXCEPTION_CLASSES.get('BaseException')!) === true)
    return makeException(machine, type, args);
  const metaclass = type.metaclass?.kind === 'class' ? findInClass(type.metaclass, '__call__') : undefined;
  if (metaclass?.kind === 'function')
    return machine.call(metaclass, { ...args, positional: [type, ...args.positional] });
  let instance: Value = { kind: 'instance', type, names: new Names() };
  const construct = findInClass(type, '__new__');
  const method = construct?.kind === 'descriptor' ? construct.value : construct;
  if (method?.kind === 'function') {
    instance = machine.call(method, { ...args, positional: [type, ...args.positional] });
    if (instance.kind !== 'instance') return instance;
  }
  initialise(machine, instance as InstanceValue, args);
  return instance;
}

function initialise(machine: Machine, instance: InstanceValue, args: CallArguments): void {
  const method = findInClass(instance.type, '__init__');
  if (method?.kind === 'function')
    machine.call(method, { ...args, positional: [instance, ...args.positional] });
}

function makeException(machine: Machine, type: ClassValue, args: CallArguments): InstanceValue {
  const instance: InstanceValue = { kind: 'instance', type, names: new Names() };
  const { positional } = args;
  instance.names.set('args', sequence('tuple', [...positional]));
  const isKeyError = isSubclass(type, EXCEPTION_CLASSES.get('KeyError')!) === true;
  const shown = positional.map((value) =>
    positional.length > 1 || isKeyError ? display(value) : (textOf(value) ?? display(value)),
  );
  instance.names.set(
    '\0message',
    constant(positional.length > 1 ? `(${shown.join(', ')})` : (shown[0] ?? '')),
  );
  if (isSubclass(type, EXCEPTION_CLASSES.get('ImportError')!) === true) {
    for (const name of ['name', 'path']) instance.names.set(name, args.keywords.get(name) ?? constant(null));
    instance.names.set('msg', positional[0] ?? constant(null));
  }
  if (isSubclass(type, EXCEPTION_CLASSES.get('SystemExit')!) === true)
    instance.names.set('code', positional[0] ?? constant(null));
  initialise(machine, instance, args);
  return instance;
}

/** What is no class makes `type(base)(name, bases, namespace)` fail. */
function refuseBase(machine: Machine, base: Value): void {
  const type = typeNameOf(base);
  const message = type === undefined ? undefined : REFUSALS[type];
  if (message !== undefined) machine.raise('TypeError', message);
}

const REFUSALS: Readonly<Record<string, string>> = {
  module: 'module() takes at most 2 arguments (3 given)',
  NoneType: 'NoneType takes no arguments',
  int: 'int() takes at most 2 arguments (3 given)',
  bool: 'bool expected at most 1 argument, got 3',
  float: 'float expected at most 1 argument, got 3',
  str: 'str() argument 2 must be str, not tuple',
  list: 'list expected at most 1 argument, got 3',
  tuple: 'tuple expected at most 1 argument, got 3',
  dict: 'dict expected at most 1 argument, got 3',
  function: "function() argument 'code' must be code, not str",
};
