import type { Expression, Statement } from '../../syntax/nodes.ts';
import { callExternal } from '../builtins/external-calls.ts';
import { type Completion, type PythonMachine, RETURN } from '../python-machine.ts';
import { findInClass } from './class-attributes.ts';
import { bindArguments } from './functions.ts';
import { instantiate } from './instances.ts';
import { callScope } from './scopes.ts';
import { NONE, UNKNOWN, sequence } from '../values/make-value.ts';
import { PythonException } from '../values/python-exception.ts';
import { trail } from '../values/trail.ts';
import type { CallArguments, FunctionValue, Scope, Value } from '../values/value.ts';
import { typeNameOf } from '../values/what-is-known.ts';

/** Nested calls that are followed; CPython itself gives up at 1,000. */
const DEEPEST_CALL = 150;

/** Calls a value of any kind. */
export function call(machine: PythonMachine, callee: Value, args: CallArguments): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(machine, callee, args);
    case 'method':
      return call(machine, callee.callee, { ...args, positional: [callee.self, ...args.positional] });
    case 'builtin':
      return callee.call(args);
    case 'class':
      return instantiate(machine, callee, args);
    case 'instance': {
      const method = findInClass(callee.type, '__call__');
      return method?.kind === 'function'
        ? callFunction(machine, method, { ...args, positional: [callee, ...args.positional] })
        : UNKNOWN;
    }
    case 'external':
      return callExternal(machine, callee.path, args);
    case 'descriptor':
      return call(machine, callee.value, args);
    case 'lazy':
      return call(machine, callee.resolve(), args);
    case 'module':
    case 'constant':
    case 'sequence':
    case 'dict': {
      const type = typeNameOf(callee);
      return type === undefined ? UNKNOWN : machine.raise('TypeError', `'${type}' object is not callable`);
    }
    default:
      return UNKNOWN;
  }
}

function callFunction(machine: PythonMachine, callee: FunctionValue, args: CallArguments): Value {
  const { definition } = callee;
  if (definition.isAsync) return UNKNOWN;
  machine.spend(3);
  if (machine.frames.length > DEEPEST_CALL) {
    machine.assume(`what ${definition.name}() does`);
    return UNKNOWN;
  }
  const names = bindArguments(machine, callee, args);
  const scope: Scope = {
    ...callScope(callee, names),
    ...(args.positional[0] && { self: args.positional[0] }),
    ...(definition.name === '__getattr__' &&
      callee.scope.kind === 'module' && { isModuleHook: true as const }),
  };
  const owner = callee.scope.ownerClass;
  if (owner) scope.ownerClass = owner;
  const run = (): Value =>
    machine.follow(definition, () =>
      machine.inFrame(
        {
          module: callee.module,
          isModuleBody: false,
          line: definition.line,
          scope,
          handling: [],
          mayHaveReturned: false,
        },
        () => {
          if (!Array.isArray(definition.body)) return machine.evaluate(definition.body as Expression, scope);
          const completion = runBody(machine, definition.body as readonly Statement[], scope);
          if (completion === undefined) return UNKNOWN;
          const value = completion === RETURN ? (machine.frame.returned ?? NONE) : NONE;
          return machine.frame.mayHaveReturned && machine.frame.returned !== value ? UNKNOWN : value;
        },
      ),
    );
  if (!definition.isGenerator) return run();
  const yielded = sequence('list', []);
  scope.yielded = yielded;
  let ran = false;
  return {
    kind: 'generator',
    run: () => {
      if (!ran) {
        ran = true;
        trail().note(() => (ran = false));
        run();
      }
      return yielded;
    },
  };
}

/** Executes a function's body; undefined where it raises what it may have returned before. */
function runBody(machine: PythonMachine, body: readonly Statement[], scope: Scope): Completion | undefined {
  const frame = machine.frame;
  try {
    return machine.run(body, scope);
  } catch (error) {
    if (!(error instanceof PythonException) || !frame.mayHaveReturned) throw error;
    machine.assume(`whether ${error.type} is raised`);
    return undefined;
  }
}
