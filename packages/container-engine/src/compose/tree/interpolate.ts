/** Variables by name; `undefined`: not set. */
export type Lookup = (name: string) => string | undefined;

/** What is wrong with a text that has variables in it. */
export class BadVariable extends Error {}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/**
 * Fills in `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?message}`, `${X?message}`, `${X:+value}`, `${X+value}` and
 * `$$`, as Compose does. Defaults may hold variables themselves.
 *
 * @param onUnset told of a variable that is not set and has no default: it counts as empty.
 * @throws BadVariable
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolate(text: string, lookup: Lookup, onUnset: (name: string) => void): string {
  let result = '';
  let rest = text;
  for (;;) {
    const dollar = rest.indexOf('$');
    if (dollar === -1) return result + rest;
    result += rest.slice(0, dollar);
    rest = rest.slice(dollar + 1);
    if (rest.startsWith('$')) {
      result += '$';
      rest = rest.slice(1);
    } else if (rest.startsWith('{')) {
      const end = closingBrace(rest);
      if (end === undefined)
        throw new BadVariable(`"\${" has no "}". Close it, or write "$$" for a dollar sign`);
      result += braced(rest.slice(1, end), lookup, onUnset);
      rest = rest.slice(end + 1);
    } else {
      const name = NAME.exec(rest)?.[0];
      if (name === undefined)
        throw new BadVariable(
          `"$${rest.slice(0, 8)}" is no variable. Write "$$" where a dollar sign is meant`,
        );
      result += valueOf(name, lookup, onUnset);
      rest = rest.slice(name.length);
    }
  }
}

/** Of a text that begins with `{`; variables inside have braces of their own. */
function closingBrace(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{' && (i === 0 || text[i - 1] === '$')) depth += 1;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return undefined;
}

function braced(inner: string, lookup: Lookup, onUnset: (name: string) => void): string {
  const name = NAME.exec(inner)?.[0];
  if (name === undefined)
    throw new BadVariable(`"\${${inner}}" names no variable. Write "$$" where a dollar sign is meant`);
  const after = inner.slice(name.length);
  if (after === '') return valueOf(name, lookup, onUnset);
  const [, operator = '', alternative = ''] = /^(:?[-?+])([^]*)$/.exec(after) ?? [];
  const value = lookup(name);
  const counts = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  const otherwise = (): string => interpolate(alternative, lookup, onUnset);
  switch (operator.at(-1)) {
    case '-':
      return counts ? (value ?? '') : otherwise();
    case '+':
      return counts ? otherwise() : '';
    case '?':
      if (counts) return value ?? '';
      throw new BadVariable(
        `the variable ${name} must be set${alternative === '' ? '' : ` (${otherwise()})`}. Set it in the environment or in .env`,
      );
    default:
      throw new BadVariable(`"\${${inner}}" is no variable that Compose knows`);
  }
}

function valueOf(name: string, lookup: Lookup, onUnset: (name: string) => void): string {
  const value = lookup(name);
  if (value === undefined) onUnset(name);
  return value ?? '';
}
