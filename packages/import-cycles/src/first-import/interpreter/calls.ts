import type { Expression, FunctionNode, Parameters, Statement } from '../syntax/nodes.ts';
import { findInClass } from './attributes.ts';
import { instantiate } from './classes.ts';
import { callExternal } from './external-calls.ts';
import { RETURN, type Completion, type Machine } from './machine.ts';
import { PythonException } from './python-exception.ts';
import { Names } from './names.ts';
import { callScope, typeParameterScope } from './scopes.ts';
import { trail } from './trail.ts';
import {
  constant,
  dictionary,
  NONE,
  sequence,
  typeNameOf,
  UNKNOWN,
  type CallArguments,
  type FunctionValue,
  type Scope,
  type Value,
} from './value.ts';

/** Nested calls that are followed; CPython itself gives up at 1,000. */
const DEEPEST_CALL = 150;

/** Calls a value of any kind. */
export function call(machine: Machine, callee: Value, args: CallArguments): Value {
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

function callFunction(machine: Machine, callee: FunctionValue, args: CallArguments): Value {
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
function runBody(machine: Machine, body: readonly Statement[], scope: Scope): Completion | undefined {
  const frame = machine.frame;
  try {
    return machine.run(body, scope);
  } catch (error) {
    if (!(error instanceof PythonException) || !frame.mayHaveReturned) throw error;
    machine.assume(`whether ${error.type} is raised`);
    return undefined;
  }
}

function bindArguments(
  machine: Machine,
  callee: FunctionValue,
  { positional, keywords, open }: CallArguments,
): Names {
  const { parameters, name } = callee.definition;
  const names = new Names();
  const left = new Map(keywords);
  const bind = (parameter: string, given: Value | undefined, isRequired: boolean): void => {
    const value = given ?? left.get(parameter) ?? (open ? UNKNOWN : callee.defaults.get(parameter));
    if (given === undefined) left.delete(parameter);
    if (value === undefined && isRequired)
      machine.raiseAside('TypeError', `${name}() missing 1 required argument: '${parameter}'`);
    names.set(parameter, value ?? UNKNOWN);
  };
  parameters.positional.forEach((parameter, index) => bind(parameter.name, positional[index], true));
  for (const parameter of parameters.keywordOnly) bind(parameter.name, undefined, true);
  if (parameters.rest)
    names.set(parameters.rest.name, sequence('tuple', positional.slice(parameters.positional.length), open));
  else if (positional.length > parameters.positional.length && !open) {
    const count = parameters.positional.length;
    machine.raiseAside(
      'TypeError',
      `${name}() takes ${count} positional argument${count === 1 ? '' : 's'} but ${positional.length} ${positional.length === 1 ? 'was' : 'were'} given`,
    );
  }
  if (parameters.keywords) {
    const dict = dictionary(open);
    for (const [word, value] of left) dict.entries.set(`s:${word}`, { key: constant(word), value });
    names.set(parameters.keywords.name, dict);
  }
  return names;
}

/** Executes a `def` or `lambda`: defaults and annotations are evaluated, the body is not. */
export function makeFunction(machine: Machine, definition: FunctionNode, outer: Scope): FunctionValue {
  const { parameters } = definition;
  const defaults = new Map<string, Value>();
  for (const { name, default: node } of [...parameters.positional, ...parameters.keywordOnly]) {
    if (node) defaults.set(name, machine.evaluate(node, outer));
  }
  const scope = typeParameterScope(outer, definition.typeParameters);
  if (machine.minor < 14 && !machine.postponesAnnotations(outer.module)) {
    for (const node of annotationsOf(parameters, machine.minor)) machine.evaluate(node, scope);
    if (definition.returns) machine.evaluate(definition.returns, scope);
  }
  return { kind: 'function', definition, module: outer.module, scope, defaults, attributes: new Names() };
}

function annotationsOf(
  { positional, rest, keywordOnly, keywords }: Parameters,
  _minor: number,
): Expression[] {
  return [...positional, ...(rest ? [rest] : []), ...keywordOnly, ...(keywords ? [keywords] : [])].flatMap(
    ({ annotation }) => annotation ?? [],
  );
}
