import { BYTE_CLASS, CLOSE, COLON, COMMA, COMMENT, EQUALS, IS_NAME, OPEN, QUOTE } from './bytes.ts';
import type { CodeReader } from './code-reader.ts';
import { endOfName } from './keywords.ts';

/** Lambdas of one bracket depth: how many wait for the colon behind their parameters, and whether a body has begun. */
interface Depth {
  waiting: number;
  inBody: boolean;
}

/** Whether `offset` lies in the body of a lambda of the statement that starts at `start`: it runs when that is called. */
export function isInLambda(reader: CodeReader, start: number, offset: number): boolean {
  return depthsAt(reader, start, offset).some(({ inBody }) => inBody);
}

/** Whether the colon at `offset`, outside brackets, ends the parameters of a lambda. */
export function opensLambda(reader: CodeReader, start: number, offset: number): boolean {
  return depthsAt(reader, start, offset).at(-1)!.waiting > 0;
}

/** State of each open bracket at `offset`, outermost first. */
function depthsAt(reader: CodeReader, start: number, offset: number): Depth[] {
  const { bytes } = reader;
  const depths: Depth[] = [{ waiting: 0, inBody: false }];
  let i = start;
  while (i < offset) {
    const byte = bytes[i]!;
    const kind = BYTE_CLASS[byte];
    const depth = depths.at(-1)!;
    if (kind === QUOTE) i = reader.skipString(i);
    else if (kind === COMMENT) i = reader.skipComment(i);
    else if (IS_NAME[byte] === 1) {
      const end = endOfName(bytes, i);
      if (isWord(bytes, i, end, 'lambda')) depth.waiting++;
      // `[lambda: a for b in c]`: the comprehension is around the lambda.
      else if (isWord(bytes, i, end, 'for')) depth.inBody = false;
      i = end;
    } else {
      if (kind === OPEN) depths.push({ waiting: 0, inBody: false });
      else if (kind === CLOSE && depths.length > 1) depths.pop();
      else if (byte === COLON && depth.waiting > 0 && bytes[i + 1] !== EQUALS) {
        depth.waiting--;
        depth.inBody = true;
      } else if (byte === COMMA && depth.waiting === 0) depth.inBody = false;
      i++;
    }
  }
  return depths;
}

function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}
