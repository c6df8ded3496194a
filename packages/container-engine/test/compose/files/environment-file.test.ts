import { expect, it } from 'vitest';
import { parseEnvironment } from '../../../src/compose/files/environment-file.ts';

it('reads names, quotes, comments and references as Compose does', () => {
  const text = [
    '# a comment',
    'PLAIN=value',
    'SPACED = value with blanks   # and a comment',
    'HASH=a#b',
    'export EXPORTED=yes',
    "SINGLE='a $PLAIN # b'",
    'DOUBLE="a $PLAIN\\n${OUTSIDE}"',
    'LINES="one',
    'two"',
    'REFERENCE=${PLAIN}/${MISSING:-default}',
    'EMPTY=',
    'OUTSIDE',
    'NOWHERE',
    '=nothing',
    'COLON: value',
    '',
  ].join('\r\n');
  const outside: Readonly<Record<string, string>> = { OUTSIDE: 'outside' };
  expect(Object.fromEntries(parseEnvironment(text, (name) => outside[name]))).toEqual({
    PLAIN: 'value',
    SPACED: 'value with blanks',
    HASH: 'a#b',
    EXPORTED: 'yes',
    SINGLE: 'a $PLAIN # b',
    DOUBLE: 'a value\noutside',
    LINES: 'one\ntwo',
    REFERENCE: 'value/default',
    EMPTY: '',
    OUTSIDE: 'outside',
    COLON: 'value',
  });
});

it('keeps a text that is no variable as it is', () => {
  expect(parseEnvironment('PRICE=5$ each\n', () => undefined).get('PRICE')).toBe('5$ each');
});
