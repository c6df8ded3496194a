import type { Machine } from '../machine.ts';
import { FALSE, UNKNOWN, constant } from '../values/make-value.ts';
import type { Value } from '../values/value.ts';

export function hasAttribute(machine: Machine, value: Value | undefined, name: string | undefined): Value {
  if (value === undefined || name === undefined) return UNKNOWN;
  const found = machine.findAttribute(value, name);
  if (value.kind === 'module') return constant(found !== undefined);
  if (value.kind === 'external') return value.path === 'sys' && name === 'frozen' ? FALSE : constant(true);
  return found === undefined || found === UNKNOWN ? UNKNOWN : constant(true);
}

export function getAttribute(
  machine: Machine,
  value: Value | undefined,
  name: string | undefined,
  fallback: Value | undefined,
): Value {
  if (value === undefined || name === undefined) return UNKNOWN;
  if (fallback === undefined) return machine.attribute(value, name);
  return machine.findAttribute(value, name) ?? fallback;
}
