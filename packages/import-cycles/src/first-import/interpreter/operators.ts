import { display, isOfProject, loadedModule } from './container-methods.ts';
import { items } from './iteration.ts';
import type { Machine } from './machine.ts';
import { changing } from './trail.ts';
import {
  compare,
  constant,
  dictionary,
  flag,
  keyOf,
  sequence,
  textOf,
  truthOf,
  UNKNOWN,
  type Value,
} from './value.ts';

export function unary(operator: string, value: Value): Value {
  if (operator === 'not') {
    const truth = truthOf(value);
    return truth === undefined ? UNKNOWN : constant(!truth);
  }
  if (value.kind !== 'constant' || typeof value.value !== 'number') return UNKNOWN;
  return operator === '-' ? constant(-value.value) : operator === '+' ? value : UNKNOWN;
}

/** Arithmetic on numbers, and joining of strings and sequences; all else is unknown. */
export function binary(machine: Machine, operator: string, left: Value, right: Value): Value {
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

/** `value[index]`. */
export function subscript(machine: Machine, value: Value, index: Value): Value {
  switch (value.kind) {
    case 'sequence':
      return fromSequence(machine, value, index);
    case 'dict': {
      const key = keyOf(index);
      const found = key === undefined ? undefined : value.entries.get(key)?.value;
      if (found === undefined && key !== undefined && !value.open) machine.raise('KeyError', display(index));
      return found ?? UNKNOWN;
    }
    case 'namespace':
    case 'sys-modules': {
      const name = textOf(index);
      if (name === undefined) return UNKNOWN;
      const found = value.kind === 'namespace' ? value.names.get(name) : loadedModule(machine, name);
      if (found !== undefined) return found;
      if (value.kind === 'namespace' ? !value.module.open : isOfProject(machine, name))
        machine.raise('KeyError', display(index));
      return value.kind === 'namespace' ? UNKNOWN : { kind: 'external', path: name };
    }
    case 'instance': {
      const method = machine.findAttribute(value, '__getitem__');
      return method?.kind === 'method'
        ? machine.call(method, { positional: [index], keywords: new Map(), open: false })
        : UNKNOWN;
    }
    case 'class': {
      const method = machine.findAttribute(value, '__class_getitem__');
      if (method?.kind === 'function')
        return machine.call(method, { positional: [value, index], keywords: new Map(), open: false });
      if (method?.kind === 'method')
        return machine.call(method, { positional: [index], keywords: new Map(), open: false });
      return value;
    }
  }
  return UNKNOWN;
}

function fromSequence(machine: Machine, value: Extract<Value, { kind: 'sequence' }>, index: Value): Value {
  if (index.kind === 'external') return sequence(value.type, [...value.items], true);
  if (index.kind !== 'constant' || typeof index.value !== 'number' || value.type === 'set') return UNKNOWN;
  if (index.value < 0) return value.open ? UNKNOWN : (value.items.at(index.value) ?? UNKNOWN);
  const found = value.items[index.value];
  if (found === undefined && !value.open) machine.raise('IndexError', `${value.type} index out of range`);
  return found ?? UNKNOWN;
}

/** `value[from:to:step]`. */
export function slice(value: Value, parts: readonly Value[]): Value {
  const bounds = parts.map((part) =>
    part.kind === 'constant' && (part.value === null || typeof part.value === 'number')
      ? part.value
      : undefined,
  );
  const isKnown = !bounds.includes(undefined) && (bounds[2] ?? 1) === 1;
  const [from, to] = [bounds[0] ?? 0, bounds[1] ?? Infinity];
  if (value.kind === 'constant')
    return isKnown && typeof value.value === 'string' ? constant(value.value.slice(from, to)) : UNKNOWN;
  if (value.kind !== 'sequence') return UNKNOWN;
  const isWithin = !value.open || (from >= 0 && to >= 0 && to <= value.items.length);
  return isKnown && isWithin
    ? sequence(value.type, value.items.slice(from, to))
    : sequence(value.type, [...value.items], true);
}

/** `value[index] = assigned`. */
export function assignSubscript(machine: Machine, value: Value, index: Value, assigned: Value): void {
  const key = keyOf(index);
  const name = textOf(index);
  if (value.kind === 'dict') {
    changing(value);
    if (key === undefined) value.open = true;
    else value.entries.set(key, { key: index, value: assigned });
  } else if (value.kind === 'namespace') {
    if (name !== undefined) value.names.set(name, assigned);
    else flag(value.module, 'open');
  } else if (value.kind === 'sys-modules') {
    if (name !== undefined) machine.loaded.set(name, assigned);
  } else if (value.kind === 'sequence') {
    changing(value);
    if (index.kind === 'constant' && typeof index.value === 'number' && index.value >= 0)
      value.items[index.value] = assigned;
    else value.open = true;
  } else if (value.kind === 'instance') {
    const method = machine.findAttribute(value, '__setitem__');
    if (method?.kind === 'method')
      machine.call(method, { positional: [index, assigned], keywords: new Map(), open: false });
  }
}

/** `del value[index]`. */
export function deleteSubscript(machine: Machine, value: Value, index: Value): void {
  const name = textOf(index);
  if (value.kind === 'dict') {
    const key = keyOf(index);
    changing(value);
    if (key !== undefined && !value.entries.delete(key) && !value.open)
      machine.raise('KeyError', display(index));
  } else if (value.kind === 'namespace' || value.kind === 'sys-modules') {
    if (name === undefined) return;
    const isGone = (value.kind === 'namespace' ? value.names : machine.loaded).delete(name);
    if (!isGone && (value.kind === 'namespace' ? !value.module.open : isOfProject(machine, name)))
      machine.raise('KeyError', display(index));
  }
}

/** `needle in hay`; undefined where it is not known. */
export function contains(machine: Machine, hay: Value, needle: Value): boolean | undefined {
  const name = textOf(needle);
  switch (hay.kind) {
    case 'sys-modules':
      if (name === undefined) return undefined;
      return loadedModule(machine, name) !== undefined
        ? true
        : isOfProject(machine, name)
          ? false
          : undefined;
    case 'namespace':
      return name === undefined
        ? undefined
        : hay.names.has(name)
          ? true
          : hay.module.open
            ? undefined
            : false;
    case 'dict': {
      const key = keyOf(needle);
      return key === undefined ? undefined : hay.entries.has(key) ? true : hay.open ? undefined : false;
    }
    case 'constant':
      return typeof hay.value === 'string' && name !== undefined ? hay.value.includes(name) : undefined;
    case 'sequence':
    case 'generator': {
      const { items: known, open } = items(machine, hay);
      let certain = !open;
      for (const item of known) {
        const same = compare('==', item, needle);
        if (same === true) return true;
        if (same === undefined) certain = false;
      }
      return certain ? false : undefined;
    }
  }
  return undefined;
}

/** An f-string's text, where all its parts are known. */
export function formatted(parts: readonly Value[]): Value {
  const texts = parts.map((part) =>
    part.kind === 'constant' && typeof part.value === 'number' ? String(part.value) : textOf(part),
  );
  return texts.includes(undefined)
    ? { kind: 'external', path: 'builtins.str.value' }
    : constant(texts.join(''));
}
