import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MARK_VARIABLE, marksIn, withMark } from '../../src/process/run-mark.ts';

const word = fc.stringMatching(/^[a-z0-9/-]{1,12}$/);
const variable = fc.record({
  name: fc.stringMatching(/^[A-Z_]{1,8}$/),
  value: fc.stringMatching(/^[ -~]{0,20}$/),
});

test('every mark that was added is found again, between whatever variables', () => {
  fc.assert(
    fc.property(
      fc.array(variable),
      fc.array(word, { minLength: 1 }),
      fc.array(variable),
      (before, marks, after) => {
        const others = [...before, ...after].filter(({ name }) => name !== MARK_VARIABLE);
        let environment: Readonly<Record<string, string | undefined>> = Object.fromEntries(
          before.map((v) => [v.name, v.value]),
        );
        for (const mark of marks) environment = withMark(environment, mark);
        for (const { name, value } of others) environment = { ...environment, [name]: value };
        const text = Object.entries(environment)
          .map(([name, value]) => `${name}=${value}\0`)
          .join('');
        expect(marksIn(text, '\0')).toEqual(marks);
      },
    ),
  );
});

test('a variable of another name, and the name inside of a value, are no mark', () => {
  expect(marksIn('', '\0')).toEqual([]);
  expect(marksIn(`X${MARK_VARIABLE}=a\0B=${MARK_VARIABLE}=b\0`, '\0')).toEqual([]);
  expect(marksIn(`${MARK_VARIABLE}=a:b`, '\0')).toEqual(['a', 'b']);
});
