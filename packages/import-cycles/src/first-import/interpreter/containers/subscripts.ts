import { isOfProject, loadedModule } from './namespace-methods.ts';
import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, constant, sequence } from '../values/make-value.ts';
import { changing, flag } from '../values/trail.ts';
import type { Value } from '../values/value.ts';
import { display, keyOf, textOf } from '../values/what-is-known.ts';

/** `value[index]`. */
export function subscript(machine: PythonMachine, value: Value, index: Value): Value {
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

function fromSequence(
  machine: PythonMachine,
  value: Extract<Value, { kind: 'sequence' }>,
  index: Value,
): Value {
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
export function assignSubscript(machine: PythonMachine, value: Value, index: Value, assigned: Value): void {
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
export function deleteSubscript(machine: PythonMachine, value: Value, index: Value): void {
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
