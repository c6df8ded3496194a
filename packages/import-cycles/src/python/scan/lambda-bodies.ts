import { BYTE_CLASS, CLOSE, COLON, COMMA, COMMENT, EQUALS, IS_NAME, OPEN, QUOTE } from './bytes.ts';
import type { CodeReader } from './code-reader.ts';

/** Lambdas of one bracket depth: how many wait for the colon behind their parameters, and whether a body has begun. */
interface Depth {
  waiting: number;
  inBody: boolean;
}

/** Whether `offset` lies in the body of a lambda of the statement that starts at `start`: it runs when that is called. */
export function isInLambda(reader: CodeReader, start: number, offset: number): boolean {
  const { bytes } = reader;
  let current: Depth = { waiting: 0, inBody: false };
  const around: Depth[] = [];
  let i = start;
  while (i < offset) {
    const byte = bytes[i]!;
    const kind = BYTE_CLASS[byte];
    if (kind === QUOTE) i = reader.skipString(i);
    else if (kind === COMMENT) i = reader.skipComment(i);
    else if (IS_NAME[byte] === 1) {
      const from = i;
      while (IS_NAME[bytes[i]!] === 1) i++;
      const word = i - from <= 6 ? Buffer.from(bytes.subarray(from, i)).toString('latin1') : '';
      if (word === 'lambda') current.waiting++;
      // `[lambda: a for b in c]`: the comprehension is around the lambda.
      else if (word === 'for') current.inBody = false;
    } else {
      if (kind === OPEN) {
        around.push(current);
        current = { waiting: 0, inBody: false };
      } else if (kind === CLOSE) current = around.pop() ?? current;
      else if (byte === COLON && current.waiting > 0 && bytes[i + 1] !== EQUALS) {
        current.waiting--;
        current.inBody = true;
      } else if (byte === COMMA && current.waiting === 0) current.inBody = false;
      i++;
    }
  }
  return current.inBody || around.some(({ inBody }) => inBody);
}
