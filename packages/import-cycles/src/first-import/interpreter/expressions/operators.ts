import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, constant, dictionary, sequence } from '../values/make-value.ts';
import type { Value } from '../values/value.ts';
import { textOf, truthOf } from '../values/what-is-known.ts';

/** `not value`, `-value`… */
export function unary(operator: string, value: Value): Value {
  if (operator === 'not') {
    const truth = truthOf(value);
    return truth === undefined ? UNKNOWN : constant(!truth);
  }
  if (value.kind !== 'constant' || typeof value.value !== 'number') return UNKNOWN;
  return operator === '-' ? constant(-value.value) : operator === '+' ? value : UNKNOWN;
}

/** Arithmetic on numbers, and joining of strings and sequences; all else is unknown. */
export function binary(machine: PythonMachine, operator: string, left: Value, right: Value): Value {
  if (left.kind === 'instance') {
    const method =
      SPECIAL[operator] === undefined ? undefined : machine.findAttribute(left, SPECIAL[operator]);
    if (method?.kind === 'method')
      return machine.call(method, { positional: [right], keywords: new Map(), open: false });
  }
  if (
    left.kind === 'sequence' &&
    right.kind === 'sequence' &&
    left.type === right.type &&
    (operator === '+' || operator === '|')
  ) {
    return sequence(left.type, [...left.items, ...right.items], left.open || right.open);
  }
  if (operator === '+' && (left.kind === 'sequence' || right.kind === 'sequence')) {
    const known = left.kind === 'sequence' ? left : (right as typeof left);
    if (known.kind === 'sequence') return sequence(known.type, [...known.items], true);
  }
  if (left.kind === 'dict' && right.kind === 'dict' && operator === '|') {
    return dictionary(left.open || right.open, new Map([...left.entries, ...right.entries]));
  }
  if (left.kind !== 'constant' || right.kind !== 'constant') return UNKNOWN;
  const [one, two] = [left.value, right.value];
  if (typeof one === 'string') {
    if (operator === '+' && typeof two === 'string') return constant(one + two);
    return operator === '*' && typeof two === 'number' && two < 1000
      ? constant(one.repeat(Math.max(two, 0)))
      : UNKNOWN;
  }
  if (typeof one !== 'number' || typeof two !== 'number') return UNKNOWN;
  switch (operator) {
    case '+':
      return constant(one + two);
    case '-':
      return constant(one - two);
    case '*':
      return constant(one * two);
    case '/':
    case '//':
    case '%':
      if (two === 0) machine.raise('ZeroDivisionError', 'division by zero');
      if (operator === '/') return { kind: 'constant', value: { opaque: 'number' } };
      return constant(operator === '//' ? Math.floor(one / two) : one - two * Math.floor(one / two));
  }
  return { kind: 'constant', value: { opaque: 'number' } };
}

const SPECIAL: Readonly<Record<string, string>> = {
  '+': '__add__',
  '-': '__sub__',
  '*': '__mul__',
  '/': '__truediv__',
  '|': '__or__',
  '@': '__matmul__',
  '%': '__mod__',
};

/** An f-string's text, where all its parts are known. */
export function formatted(parts: readonly Value[]): Value {
  const texts = parts.map((part) =>
    part.kind === 'constant' && typeof part.value === 'number' ? String(part.value) : textOf(part),
  );
  return texts.includes(undefined)
    ? { kind: 'external', path: 'builtins.str.value' }
    : constant(texts.join(''));
}
