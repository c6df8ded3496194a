import type { FunctionNode } from '../../syntax/nodes.ts';
import { isBuiltinName } from '../builtins/builtin-names.ts';
import type { PythonMachine } from '../python-machine.ts';
import { type BoundNames, boundNames } from '../statements/bound-names.ts';
import { builtinException } from '../values/exception-classes.ts';
import { UNKNOWN } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import type { FunctionValue, Scope, Value } from '../values/value.ts';

const NOTHING: ReadonlySet<string> = new Set();
const analysed = new WeakMap<FunctionNode, BoundNames>();

/** The scope of a module’s body. */
export function moduleScope(module: Scope['module']): Scope {
  return { kind: 'module', names: module.names, module, globals: NOTHING, nonlocals: NOTHING };
}

/** The scope of a call of `callee` whose arguments are already bound in `names`. */
export function callScope(callee: FunctionValue, names: Names): Scope {
  let bound = analysed.get(callee.definition);
  if (bound === undefined) {
    bound = boundNames(callee.definition);
    analysed.set(callee.definition, bound);
  }
  return {
    kind: 'function',
    names,
    module: callee.module,
    outer: callee.scope,
    locals: bound.locals,
    globals: bound.globals,
    nonlocals: bound.nonlocals,
  };
}

/** The scope of a comprehension's own variables. */
export function comprehensionScope(outer: Scope, locals: ReadonlySet<string>): Scope {
  return {
    kind: 'function',
    names: new Names(),
    module: outer.module,
    outer,
    locals,
    globals: NOTHING,
    nonlocals: NOTHING,
    isComprehension: true,
  };
}

/** The scope of a class body that declares these names `global` or `nonlocal`. */
export function classScope(
  outer: Scope,
  declared: { globals: ReadonlySet<string>; nonlocals: ReadonlySet<string> },
): Scope {
  return { kind: 'class', names: new Names(), module: outer.module, outer, ...declared };
}

/** A name's value, or undefined where nothing has bound it (or NameError is to be raised, which `lookUp` does). */
export function find(machine: PythonMachine, name: string, scope: Scope): Value | undefined {
  let isFree = false;
  if (!scope.globals.has(name)) {
    for (let at: Scope | undefined = scope; at !== undefined && at.kind !== 'module'; at = at.outer) {
      if (at.kind === 'class' && at !== scope && !(scope.ofAnnotations && at === scope.outer)) continue;
      if (at.globals.has(name)) break;
      const value = at.names.get(name);
      if (value !== undefined) return value;
      if (at.kind === 'function' && at.locals?.has(name)) {
        if (at !== scope) isFree = true;
        return unbound(machine, name, isFree);
      }
    }
  }
  return scope.module.names.get(name) ?? builtinOf(machine, name);
}

function unbound(machine: PythonMachine, name: string, isFree: boolean): never {
  if (isFree) {
    const message =
      machine.minor >= 11
        ? `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`
        : `free variable '${name}' referenced before assignment in enclosing scope`;
    return machine.raise('NameError', message);
  }
  const message =
    machine.minor >= 11
      ? `cannot access local variable '${name}' where it is not associated with a value`
      : `local variable '${name}' referenced before assignment`;
  return machine.raise('UnboundLocalError', message);
}

function builtinOf(machine: PythonMachine, name: string): Value | undefined {
  const known = machine.builtins.get(name) ?? builtinException(name, machine.minor);
  return known ?? (isBuiltinName(name, machine.minor) ? UNKNOWN : undefined);
}

/** The scope in which PEP 695 binds type parameters. */
export function typeParameterScope(outer: Scope, parameters: readonly string[]): Scope {
  if (parameters.length === 0) return outer;
  const names = new Names(parameters.map((name) => [name, UNKNOWN]));
  return {
    kind: 'function',
    names,
    module: outer.module,
    outer,
    globals: NOTHING,
    nonlocals: NOTHING,
    ofAnnotations: true,
  };
}

/** Where an assignment in `scope` binds a name. */
export function targetNames(name: string, scope: Scope): Names {
  if (scope.globals.has(name)) return scope.module.names;
  if (scope.nonlocals.has(name)) {
    for (let at = scope.outer; at !== undefined; at = at.outer) {
      if (at.kind === 'function' && at.locals?.has(name)) return at.names;
    }
  }
  return scope.names;
}
