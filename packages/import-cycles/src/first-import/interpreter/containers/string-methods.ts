import { items } from './iteration.ts';
import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, constant, sequence } from '../values/make-value.ts';
import type { CallArguments, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** Calls a method of a string. */
export function stringMethod(
  machine: PythonMachine,
  text: string,
  name: string,
  { positional }: CallArguments,
): Value {
  const [first, second] = positional;
  const argument = textOf(first);
  const strings = (parts: string[]) => sequence('list', parts.map(constant));
  switch (name) {
    case 'startswith':
      return argument === undefined || second !== undefined ? UNKNOWN : constant(text.startsWith(argument));
    case 'endswith':
      return argument === undefined || second !== undefined ? UNKNOWN : constant(text.endsWith(argument));
    case 'lower':
      return constant(text.toLowerCase());
    case 'upper':
      return constant(text.toUpperCase());
    case 'strip':
      return first === undefined ? constant(text.trim()) : UNKNOWN;
    case 'split':
      if (second !== undefined) return UNKNOWN;
      if (first === undefined) return strings(text.trim() === '' ? [] : text.trim().split(/\s+/));
      return argument === undefined || argument === '' ? UNKNOWN : strings(text.split(argument));
    case 'rpartition':
    case 'partition': {
      const at =
        argument === undefined
          ? -1
          : name === 'partition'
            ? text.indexOf(argument)
            : text.lastIndexOf(argument);
      if (argument === undefined) return UNKNOWN;
      if (at < 0)
        return sequence('tuple', (name === 'partition' ? [text, '', ''] : ['', '', text]).map(constant));
      return sequence('tuple', [text.slice(0, at), argument, text.slice(at + argument.length)].map(constant));
    }
    case 'join': {
      const parts = first === undefined ? undefined : items(machine, first);
      const texts = parts?.items.map(textOf);
      return parts === undefined || parts.open || texts?.includes(undefined)
        ? UNKNOWN
        : constant(texts!.join(text));
    }
    case 'replace':
      return argument === undefined || textOf(second) === undefined
        ? UNKNOWN
        : constant(text.replaceAll(argument, textOf(second)!));
    case 'format':
      return UNKNOWN;
  }
  return UNKNOWN;
}
