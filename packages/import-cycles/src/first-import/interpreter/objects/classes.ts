import type { Statement } from '../../syntax/nodes.ts';
import type { PythonMachine } from '../python-machine.ts';
import { findInClass, linearise } from './class-attributes.ts';
import { classScope, typeParameterScope } from './scopes.ts';
import { declaredNames } from '../statements/bound-names.ts';
import { UNKNOWN, constant, sequence } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import type { ClassValue, Scope, Value } from '../values/value.ts';
import { typeNameOf } from '../values/what-is-known.ts';

type ClassNode = Extract<Statement, { kind: 'class' }>;

/** Executes a `class` statement (decorators apart): bases, body, metaclass, `__set_name__`, `__init_subclass__`. */
export function makeClass(machine: PythonMachine, node: ClassNode, outer: Scope): ClassValue {
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

/** `type(name, bases, names)`, or what the metaclass makes of it: `__set_name__` and `__init_subclass__` are called. */
export function createClass(
  machine: PythonMachine,
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

/** What is no class makes `type(base)(name, bases, namespace)` fail. */
function refuseBase(machine: PythonMachine, base: Value): void {
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
