import { quote } from './quote.ts';
import type { Value } from './value.ts';

/** The text of a string that is known. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}

/** The name of a value's type, where it is certain. */
export function typeNameOf(value: Value): string | undefined {
  if (value.kind === 'sequence') return value.type;
  if (value.kind === 'module' || value.kind === 'function' || value.kind === 'dict') return value.kind;
  if (value.kind !== 'constant') return undefined;
  if (typeof value.value === 'object') return value.value === null ? 'NoneType' : undefined;
  if (typeof value.value === 'number') return Number.isInteger(value.value) ? 'int' : 'float';
  return typeof value.value === 'string' ? 'str' : 'bool';
}

/** `bool(value)`; undefined where it is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'object'
        ? value.value === null
          ? false
          : undefined
        : Boolean(value.value);
    case 'sequence':
      return value.items.length > 0 ? true : value.open ? undefined : false;
    case 'dict':
      return value.entries.size > 0 ? true : value.open ? undefined : false;
    case 'module':
    case 'function':
    case 'class':
    case 'method':
    case 'builtin':
    case 'generator':
    case 'sys-modules':
    case 'namespace':
      return true;
    case 'external':
      return value.path.includes('.') ? undefined : true;
    default:
      return undefined;
  }
}

/** What a dictionary finds equal, as text; undefined where that is not known. */
export function keyOf(value: Value): string | undefined {
  if (value.kind === 'constant') {
    if (value.value === null || typeof value.value !== 'object') {
      return typeof value.value === 'string'
        ? `s:${value.value}`
        : `c:${Number(value.value)}:${value.value === null}`;
    }
    return undefined;
  }
  if (value.kind === 'sequence' && value.type === 'tuple' && !value.open) {
    const keys = value.items.map(keyOf);
    return keys.includes(undefined) ? undefined : `(${keys.join(',')})`;
  }
  return undefined;
}

/** `repr()` of a key, as KeyError shows it. */
export function display(value: Value): string {
  if (value.kind !== 'constant') return '…';
  if (typeof value.value === 'string') return quote(value.value);
  return value.value === null
    ? 'None'
    : value.value === true
      ? 'True'
      : value.value === false
        ? 'False'
        : String(value.value);
}
