import { expect, it } from 'vitest';
import { BadVariable, interpolate } from '../../../src/compose/tree/interpolate.ts';

const VALUES: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '', OTHER: 'other' };

function filled(text: string): { text: string; unset: string[] } {
  const unset: string[] = [];
  return {
    text: interpolate(
      text,
      (name) => VALUES[name],
      (name) => unset.push(name),
    ),
    unset,
  };
}

it.each([
  ['plain', 'plain', []],
  ['$SET/x', 'value/x', []],
  ['${SET}x', 'valuex', []],
  ['$$SET ${SET}', '$SET value', []],
  ['$$$SET', '$value', []],
  ['${UNSET}', '', ['UNSET']],
  ['$UNSET$SET', 'value', ['UNSET']],
  ['${UNSET:-default}', 'default', []],
  ['${EMPTY:-default}', 'default', []],
  ['${EMPTY-default}', '', []],
  ['${UNSET-}', '', []],
  ['${UNSET:-${OTHER}}', 'other', []],
  ['${UNSET:-a${UNSET:-b}c}', 'abc', []],
  ['${UNSET:-}}', '}', []],
  ['${SET:+yes}', 'yes', []],
  ['${EMPTY:+yes}', '', []],
  ['${EMPTY+yes}', 'yes', []],
  ['${UNSET+yes}', '', []],
  ['${SET:?must}', 'value', []],
  ['${EMPTY?must}', '', []],
  ['${UNSET:-a:b-c?d}', 'a:b-c?d', []],
])('%s', (text, expected, unset) => {
  expect(filled(text)).toEqual({ text: expected, unset });
});

it.each([
  ['${UNSET:?say it}', 'the variable UNSET must be set (say it)'],
  ['${EMPTY:?}', 'the variable EMPTY must be set.'],
  ['${SET', 'has no "}"'],
  ['${}', 'names no variable'],
  ['${1X}', 'names no variable'],
  ['${SET!x}', 'is no variable that Compose knows'],
  ['a $ b', 'is no variable'],
  ['$', 'is no variable'],
])('%s is no variable', (text, message) => {
  expect(() => filled(text)).toThrow(BadVariable);
  expect(() => filled(text)).toThrow(message);
});
