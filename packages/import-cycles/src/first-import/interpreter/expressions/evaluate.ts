import type { Expression } from '../../syntax/nodes.ts';
import { items } from '../containers/iteration.ts';
import { contains } from '../containers/membership.ts';
import { slice, subscript } from '../containers/subscripts.ts';
import { evaluateComprehension } from './comprehensions.ts';
import { addEntry, display } from './displays.ts';
import { binary, formatted, unary } from './operators.ts';
import type { PythonMachine } from '../python-machine.ts';
import { makeFunction } from '../objects/functions.ts';
import { compare, negate } from '../values/comparison.ts';
import { NONE, UNKNOWN, constant, dictionary } from '../values/make-value.ts';
import { changing } from '../values/trail.ts';
import type { Scope, Value } from '../values/value.ts';
import { truthOf } from '../values/what-is-known.ts';

/** An expression's value, and all that evaluating it does. */
export function evaluate(machine: PythonMachine, node: Expression, scope: Scope): Value {
  switch (node.kind) {
    case 'constant':
      return constant(node.value);
    case 'name':
      machine.frame.line = node.line;
      return machine.lookUp(node.name, scope);
    case 'attribute': {
      const value = machine.evaluate(node.value, scope);
      machine.frame.line = machine.minor >= 10 ? node.nameLine : node.line;
      return machine.attribute(value, node.name);
    }
    case 'call': {
      const callee = machine.evaluate(node.callee, scope);
      const args = machine.callArguments(node.args, scope);
      machine.spend(1);
      machine.frame.line =
        machine.minor >= 10 && node.callee.kind === 'attribute' ? node.callee.nameLine : node.line;
      return machine.call(callee, args);
    }
    case 'subscript': {
      const value = machine.evaluate(node.value, scope);
      if (node.index.kind === 'slice')
        return slice(
          value,
          node.index.parts.map((part) => (part ? machine.evaluate(part, scope) : NONE)),
        );
      const index = machine.evaluate(node.index, scope);
      machine.frame.line = node.line;
      return subscript(machine, value, index);
    }
    case 'slice':
      for (const part of node.parts) if (part) machine.evaluate(part, scope);
      return { kind: 'external', path: 'builtins.slice' };
    case 'unary':
      return unary(node.operator, machine.evaluate(node.value, scope));
    case 'binary': {
      const left = machine.evaluate(node.left, scope);
      const right = machine.evaluate(node.right, scope);
      machine.frame.line = node.line;
      return binary(machine, node.operator, left, right);
    }
    case 'bool':
      return evaluateBool(machine, node.operator, node.values, scope);
    case 'compare':
      return evaluateCompare(machine, node, scope);
    case 'conditional': {
      const truth = truthOf(machine.evaluate(node.test, scope));
      if (truth !== undefined) return machine.evaluate(truth ? node.then : node.otherwise, scope);
      return eitherValue(
        machine,
        () => machine.evaluate(node.then, scope),
        () => machine.evaluate(node.otherwise, scope),
      );
    }
    case 'lambda':
      return makeFunction(machine, node.definition, scope);
    case 'tuple':
    case 'list':
    case 'set':
      return display(machine, node.kind, node.items, scope);
    case 'dict': {
      const dict = dictionary();
      for (const { key, value } of node.entries)
        addEntry(dict, key && machine.evaluate(key, scope), machine.evaluate(value, scope));
      return dict;
    }
    case 'comprehension':
      return evaluateComprehension(machine, node, scope);
    case 'format':
      return formatted(
        node.parts.map((part) => (typeof part === 'string' ? constant(part) : machine.evaluate(part, scope))),
      );
    case 'yield': {
      const value = node.value ? machine.evaluate(node.value, scope) : NONE;
      collect(machine, scope, value, node.from);
      return UNKNOWN;
    }
    case 'await':
      machine.evaluate(node.value, scope);
      return UNKNOWN;
    case 'named': {
      const value = machine.evaluate(node.value, scope);
      let target = scope;
      while (target.isComprehension && target.outer) target = target.outer;
      machine.bind(node.name, value, target);
      return value;
    }
    case 'starred':
      return machine.evaluate(node.value, scope);
  }
}

/** Evaluates two alternatives of which one happens: one that raises is taken not to be the one. */
function eitherValue(machine: PythonMachine, first: () => Value, second: () => Value): Value {
  const values: Value[] = [];
  const faults = [first, second].map((code) => machine.attempt(() => void values.push(code())));
  if (values.length === 0) throw faults[1]!;
  if (values.length === 1) machine.assume('a condition that is not known');
  return values.length === 1 || values[0] === values[1] ? values[0]! : UNKNOWN;
}

function evaluateBool(
  machine: PythonMachine,
  operator: 'and' | 'or',
  values: readonly Expression[],
  scope: Scope,
): Value {
  let certain = true;
  let result: Value = UNKNOWN;
  for (const node of values) {
    if (certain) result = machine.evaluate(node, scope);
    else {
      const fault = machine.attempt(() => void (result = machine.evaluate(node, scope)));
      if (fault) {
        machine.assume('a condition that is not known');
        return UNKNOWN;
      }
    }
    const truth = truthOf(result);
    if (truth === (operator === 'or')) return certain ? result : constant(truth);
    if (truth === undefined) certain = false;
  }
  return certain || truthOf(result) === undefined ? result : UNKNOWN;
}

function evaluateCompare(
  machine: PythonMachine,
  node: Extract<Expression, { kind: 'compare' }>,
  scope: Scope,
): Value {
  let left = machine.evaluate(node.first, scope);
  let known = true;
  for (const { operator, value } of node.rest) {
    const right = machine.evaluate(value, scope);
    const isMembership = operator === 'in' || operator === 'not in';
    const inside = isMembership ? contains(machine, right, left) : undefined;
    const truth = isMembership
      ? operator === 'in'
        ? inside
        : negate(inside)
      : compare(operator, left, right);
    if (truth === false) return constant(false);
    if (truth === undefined) known = false;
    left = right;
  }
  return known ? constant(true) : UNKNOWN;
}

function collect(machine: PythonMachine, scope: Scope, value: Value, isFrom: boolean): void {
  let at: Scope | undefined = scope;
  while (at !== undefined && at.yielded === undefined) at = at.outer;
  if (at?.yielded === undefined) return;
  changing(at.yielded);
  if (!isFrom) at.yielded.items.push(value);
  else {
    const more = items(machine, value);
    at.yielded.items.push(...more.items);
    if (more.open) at.yielded.open = true;
  }
}
