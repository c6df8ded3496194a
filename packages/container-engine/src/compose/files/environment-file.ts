import { readFile } from 'node:fs/promises';
import { interpolate } from '../tree/interpolate.ts';
import type { Lookup } from '../tree/interpolate.ts';

/**
 * Variables of a `.env` file: `NAME=value` lines, with `export` in front, quotes and comments as Compose knows them. In single
 * quotes nothing is filled in.
 *
 * @returns `undefined` where the file cannot be read.
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export async function readEnvironmentFile(
  path: string,
  lookup: Lookup,
): Promise<ReadonlyMap<string, string> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseEnvironment(text, lookup);
}

const LINE =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*(?:[=:][ \t]*(?:'([^']*)'|"((?:\\[^]|[^"\\])*)"|([^\n]*)))?[^\n]*$/gm;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What {@link readEnvironmentFile} makes of a text. Lines that are none of these are passed over. */
export function parseEnvironment(text: string, lookup: Lookup): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  const known: Lookup = (name) => lookup(name) ?? variables.get(name);
  const filled = (value: string): string => {
    try {
      return interpolate(value, known, () => undefined);
    } catch {
      return value;
    }
  };
  for (const [, name = '', single, double, bare] of text.replaceAll('\r\n', '\n').matchAll(LINE)) {
    if (single !== undefined) variables.set(name, single);
    else if (double !== undefined)
      variables.set(name, filled(double.replace(/\\([^])/g, (_, char: string) => ESCAPES[char] ?? char)));
    else if (bare !== undefined) variables.set(name, filled(bare.replace(/(^|\s+)#.*$/, '').trim()));
    else {
      // Without a value, it is passed on from outside.
      const outside = lookup(name);
      if (outside !== undefined) variables.set(name, outside);
    }
  }
  return variables;
}
