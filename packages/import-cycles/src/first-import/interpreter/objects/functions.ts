import type { Expression, FunctionNode, Parameters } from '../../syntax/nodes.ts';
import type { PythonMachine } from '../python-machine.ts';
import { typeParameterScope } from './scopes.ts';
import { UNKNOWN, constant, dictionary, sequence } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import type { CallArguments, FunctionValue, Scope, Value } from '../values/value.ts';

/** The names that a call binds before the body runs. */
export function bindArguments(
  machine: PythonMachine,
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
export function makeFunction(machine: PythonMachine, definition: FunctionNode, outer: Scope): FunctionValue {
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
