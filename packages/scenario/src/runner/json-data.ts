/**
 * Why a value would not survive `JSON.parse(JSON.stringify(value))` unchanged, with the place, or `undefined` when it
 * would. (That -0 becomes 0 is let pass.)
 */
export function findNonJson(value: unknown, place = 'value'): string | undefined {
  return look(value, place, new Set());
}

function look(value: unknown, place: string, within: Set<object>): string | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${place} is ${value}`;
  if (typeof value !== 'object')
    return `${place} is ${value === undefined ? 'undefined' : `a ${typeof value}`}`;
  if (within.has(value)) return `${place} contains itself`;
  within.add(value);
  const problem = Array.isArray(value) ? lookInto(value, place, within) : lookAtObject(value, place, within);
  within.delete(value);
  return problem;
}

function lookInto(list: readonly unknown[], place: string, within: Set<object>): string | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const problem = look(list[index], `${place}[${index}]`, within);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function lookAtObject(value: object, place: string, within: Set<object>): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return `${place} is an instance of ${value.constructor.name}`;
  }
  if (Object.getOwnPropertySymbols(value).length > 0) return `${place} has a symbol for a key`;
  for (const [key, inner] of Object.entries(value)) {
    const problem = look(inner, `${place}.${key}`, within);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
