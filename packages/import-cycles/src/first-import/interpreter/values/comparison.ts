import type { Constant, Value } from './value.ts';
import { textOf } from './what-is-known.ts';

/** `a == b`, `a < b`…; undefined where it is not known. */
export function compare(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case 'is':
    case '==':
      return equal(left, right);
    case 'is not':
    case '!=':
      return negate(equal(left, right));
    case '<':
    case '>':
    case '<=':
    case '>=': {
      const order = orderOf(left, right);
      if (order === undefined) return undefined;
      return operator === '<'
        ? order < 0
        : operator === '>'
          ? order > 0
          : operator === '<='
            ? order <= 0
            : order >= 0;
    }
  }
  return undefined;
}

/** `not`, where it is known. */
export function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function equal(left: Value, right: Value): boolean | undefined {
  if (left === right && left.kind !== 'unknown') return true;
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined;
  if (left.kind === 'constant' && right.kind === 'constant') {
    if (isOpaque(left) || isOpaque(right)) return undefined;
    return (
      left.value === right.value ||
      (Number(left.value) === Number(right.value) && isNumeric(left) && isNumeric(right))
    );
  }
  if (left.kind === 'external' && right.kind === 'external')
    return left.path === right.path ? true : undefined;
  if (left.kind === 'sequence' && right.kind === 'sequence') {
    if (left.type === 'set' || right.type === 'set' || left.open || right.open) return undefined;
    const order = left.type === right.type ? orderOf(left, right) : 1;
    return order === undefined ? undefined : order === 0;
  }
  if (
    left.kind === 'instance' ||
    right.kind === 'instance' ||
    left.kind === 'lazy' ||
    right.kind === 'lazy'
  ) {
    return isNone(left) || isNone(right) ? false : undefined;
  }
  // An external value is taken to be no constant of ours, None above all: it is there.
  return isNone(left) || isNone(right) || (left.kind !== 'external' && right.kind !== 'external')
    ? false
    : undefined;
}

function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

function isOpaque(value: Constant): boolean {
  return value.value !== null && typeof value.value === 'object';
}

function isNumeric(value: Constant): boolean {
  return typeof value.value === 'number' || typeof value.value === 'boolean';
}

function orderOf(left: Value, right: Value): number | undefined {
  if (left.kind === 'constant' && right.kind === 'constant') {
    if (isNumeric(left) && isNumeric(right)) return Number(left.value) - Number(right.value);
    const [one, two] = [textOf(left), textOf(right)];
    return one === undefined || two === undefined ? undefined : one < two ? -1 : one > two ? 1 : 0;
  }
  if (left.kind !== 'sequence' || right.kind !== 'sequence') return undefined;
  const shared = Math.min(left.items.length, right.items.length);
  for (let index = 0; index < shared; index++) {
    const order =
      orderOf(left.items[index]!, right.items[index]!) ??
      (equal(left.items[index]!, right.items[index]!) === true ? 0 : undefined);
    if (order === undefined) return undefined;
    if (order !== 0) return order;
  }
  if (left.open || right.open) return undefined;
  return left.items.length - right.items.length;
}
