import type { Argument, Expression } from '../syntax/nodes.ts';
import { targetNamesOf } from './bound-names.ts';
import { makeFunction } from './calls.ts';
import { items } from './iteration.ts';
import type { Machine } from './machine.ts';
import { binary, contains, formatted, slice, subscript, unary } from './operators.ts';
import { comprehensionScope } from './scopes.ts';
import { changing, trail } from './trail.ts';
import {
  compare, constant, dictionary, keyOf, negate, NONE, sequence, textOf, truthOf, UNKNOWN,
  type CallArguments, type DictValue, type Scope, type Value,
} from './value.ts'; // prettier-ignore

type Comprehension = Extract<Expression, { kind: 'comprehension' }>;

/** Most items of a known iterable that a comprehension or loop follows. */
export const LONGEST_LOOP = 2_000;

/** An expression's value, and all that evaluating it does. */
export function evaluate(machine: Machine, node: Expression, scope: Scope): Value {
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
function eitherValue(machine: Machine, first: () => Value, second: () => Value): Value {
  const values: Value[] = [];
  const faults = [first, second].map((code) => machine.attempt(() => void values.push(code())));
  if (values.length === 0) throw faults[1]!;
  if (values.length === 1) machine.assume('a condition that is not known');
  return values.length === 1 || values[0] === values[1] ? values[0]! : UNKNOWN;
}

function evaluateBool(
  machine: Machine,
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
  machine: Machine,
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

function display(
  machine: Machine,
  type: 'tuple' | 'list' | 'set',
  nodes: readonly Expression[],
  scope: Scope,
): Value {
  const result = sequence(type, []);
  for (const node of nodes) {
    const value = machine.evaluate(node, scope);
    if (node.kind !== 'starred') result.items.push(value);
    else {
      const more = items(machine, value);
      result.items.push(...more.items);
      if (more.open) result.open = true;
    }
  }
  return result;
}

function addEntry(dict: DictValue, key: Value | undefined, value: Value): void {
  if (key === undefined) {
    if (value.kind === 'dict') for (const [text, entry] of value.entries) dict.entries.set(text, entry);
    if (value.kind !== 'dict' || value.open) dict.open = true;
    return;
  }
  const text = keyOf(key);
  if (text === undefined) dict.open = true;
  else dict.entries.set(text, { key, value });
}

function evaluateComprehension(machine: Machine, node: Comprehension, scope: Scope): Value {
  const first = machine.evaluate(node.generators[0]!.iterable, scope);
  const inner = comprehensionScope(scope, targetNamesOf(node.generators.map(({ target }) => target)));
  const list = sequence(node.result === 'set' ? 'set' : 'list', []);
  const dict = dictionary();
  const emit = (): void => {
    const element = machine.evaluate(node.element, inner);
    if (node.value) addEntry(dict, element, machine.evaluate(node.value, inner));
    else list.items.push(element);
  };
  const loop = (depth: number, iterable: Value): void => {
    const { target, conditions } = node.generators[depth]!;
    const step = (value: Value): void => {
      machine.spend(1);
      machine.assign(target, value, inner);
      for (const condition of conditions) {
        const truth = truthOf(machine.evaluate(condition, inner));
        if (truth === false) return;
        if (truth === undefined) list.open = dict.open = true;
      }
      const next = node.generators[depth + 1];
      if (next) loop(depth + 1, machine.evaluate(next.iterable, inner));
      else emit();
    };
    const known = items(machine, iterable);
    for (const item of known.items.slice(0, LONGEST_LOOP)) step(item);
    if (!known.open && known.items.length <= LONGEST_LOOP) return;
    list.open = dict.open = true;
    const before = list.items.length;
    if (known.items.length === 0 && machine.attempt(() => step(UNKNOWN)))
      machine.assume('how often a comprehension runs');
    list.items.length = before;
  };
  if (node.result !== 'generator') {
    loop(0, first);
    return node.result === 'dict' ? dict : list;
  }
  let ran = false;
  const frame = machine.frame;
  return {
    kind: 'generator',
    run: () => {
      if (!ran) {
        ran = true;
        trail().note(() => {
          ran = false;
          list.items = [];
          list.open = false;
        });
        machine.inFrame({ ...frame, isModuleBody: false, scope: inner, handling: [] }, () => loop(0, first));
      }
      return list;
    },
  };
}

function collect(machine: Machine, scope: Scope, value: Value, isFrom: boolean): void {
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

/** Evaluates the arguments of a call, in order. */
export function callArguments(machine: Machine, args: readonly Argument[], scope: Scope): CallArguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  for (const { value: node, name, unpack } of args) {
    const value = machine.evaluate(node, scope);
    if (unpack === 1) {
      const more = items(machine, value);
      positional.push(...more.items);
      open ||= more.open;
    } else if (unpack === 2) {
      if (value.kind === 'dict') {
        for (const entry of value.entries.values()) {
          const word = textOf(entry.key);
          if (word !== undefined) keywords.set(word, entry.value);
        }
      }
      open ||= value.kind !== 'dict' || value.open;
    } else if (name !== undefined) keywords.set(name, value);
    else positional.push(value);
  }
  return { positional, keywords, open };
}
