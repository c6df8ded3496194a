import type { Pattern, Statement } from '../../syntax/nodes.ts';
import { type Completion, type PythonMachine, NORMAL } from '../python-machine.ts';
import { runEither } from './alternatives.ts';
import { compare } from '../values/comparison.ts';
import { isSubclass } from '../values/exception-classes.ts';
import { UNKNOWN, sequence } from '../values/make-value.ts';
import type { Scope, Value } from '../values/value.ts';
import { keyOf, truthOf } from '../values/what-is-known.ts';

/** Executes a `match` statement: the first case that matches, or, where that is not known, any that may. */
export function runMatch(
  machine: PythonMachine,
  node: Extract<Statement, { kind: 'match' }>,
  scope: Scope,
): Completion {
  const subject = machine.evaluate(node.subject, scope);
  const possible: (readonly Statement[])[] = [];
  for (const { pattern, guard, body } of node.cases) {
    const matched = matchPattern(machine, pattern, subject, scope);
    if (matched === false) continue;
    const allowed = guard === undefined ? true : truthOf(machine.evaluate(guard, scope));
    if (allowed === false) continue;
    if (matched === true && allowed === true) {
      if (possible.length === 0) return machine.run(body, scope);
      return runEither(machine, [...possible, body], scope);
    }
    possible.push(body);
  }
  return possible.length === 0 ? NORMAL : runEither(machine, [...possible, []], scope);
}

function matchPattern(
  machine: PythonMachine,
  pattern: Pattern,
  value: Value,
  scope: Scope,
): boolean | undefined {
  switch (pattern.kind) {
    case 'capture':
    case 'star':
      if (pattern.name !== undefined) machine.bind(pattern.name, value, scope);
      return true;
    case 'value':
      return compare('==', machine.evaluate(pattern.value, scope), value);
    case 'as': {
      const matched = matchPattern(machine, pattern.pattern, value, scope);
      if (matched !== false) machine.bind(pattern.name, value, scope);
      return matched;
    }
    case 'or': {
      let result: boolean | undefined = false;
      for (const one of pattern.patterns) {
        const matched = matchPattern(machine, one, value, scope);
        if (matched === true) return true;
        if (matched === undefined) result = undefined;
      }
      return result;
    }
    case 'sequence':
      return matchSequence(machine, pattern.patterns, value, scope);
    case 'mapping':
      return matchMapping(machine, pattern, value, scope);
    case 'class':
      return matchClass(machine, pattern, value, scope);
  }
}

function all(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function matchSequence(
  machine: PythonMachine,
  patterns: readonly Pattern[],
  value: Value,
  scope: Scope,
): boolean | undefined {
  if (value.kind !== 'sequence' || value.open) {
    for (const one of patterns) matchPattern(machine, one, UNKNOWN, scope);
    return value.kind === 'unknown' ||
      value.kind === 'external' ||
      value.kind === 'instance' ||
      value.kind === 'sequence'
      ? undefined
      : false;
  }
  if (value.type === 'set') return false;
  const star = patterns.findIndex(({ kind }) => kind === 'star');
  const count = value.items.length;
  if (star < 0 ? count !== patterns.length : count < patterns.length - 1) return false;
  const after = patterns.length - 1 - star;
  const parts =
    star < 0
      ? value.items
      : [
          ...value.items.slice(0, star),
          sequence('list', value.items.slice(star, count - after)),
          ...value.items.slice(count - after),
        ];
  return all(patterns.map((one, index) => matchPattern(machine, one, parts[index]!, scope)));
}

function matchMapping(
  machine: PythonMachine,
  pattern: Extract<Pattern, { kind: 'mapping' }>,
  value: Value,
  scope: Scope,
): boolean | undefined {
  if (pattern.rest !== undefined) machine.bind(pattern.rest, UNKNOWN, scope);
  const keys = pattern.keys.map((key) => keyOf(machine.evaluate(key, scope)));
  if (value.kind !== 'dict') {
    for (const one of pattern.patterns) matchPattern(machine, one, UNKNOWN, scope);
    return value.kind === 'constant' || value.kind === 'sequence' ? false : undefined;
  }
  return all(
    pattern.patterns.map((one, index) => {
      const key = keys[index];
      const found = key === undefined ? undefined : value.entries.get(key)?.value;
      if (found === undefined && key !== undefined && !value.open) return false;
      const matched = matchPattern(machine, one, found ?? UNKNOWN, scope);
      return found === undefined ? undefined : matched;
    }),
  );
}

function matchClass(
  machine: PythonMachine,
  pattern: Extract<Pattern, { kind: 'class' }>,
  value: Value,
  scope: Scope,
): boolean | undefined {
  const type = machine.evaluate(pattern.type, scope);
  const isInstance = classMatches(type, value);
  const inner = pattern.patterns.map((one) =>
    matchPattern(
      machine,
      one,
      pattern.patterns.length === 1 && type.kind === 'builtin' ? value : UNKNOWN,
      scope,
    ),
  );
  return isInstance === true && inner.length > 0 ? all(inner) : isInstance;
}

function classMatches(type: Value, value: Value): boolean | undefined {
  if (value.kind === 'instance') return isSubclass(value.type, type);
  if (type.kind !== 'builtin' || value.kind === 'unknown' || value.kind === 'external') return undefined;
  const own =
    value.kind === 'sequence'
      ? value.type
      : value.kind === 'constant'
        ? constantType(value.value)
        : value.kind;
  return own === undefined ? undefined : own === type.name;
}

function constantType(value: unknown): string | undefined {
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number'
    ? Number.isInteger(value)
      ? 'int'
      : 'float'
    : value === null
      ? 'NoneType'
      : undefined;
}
