import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a file of the project by its path relative to the graph's base; `undefined` where it cannot be read. */
export type ReadSource = (path: string) => string | undefined;

/** Reads below a folder and remembers what it read. A byte that is not UTF-8 becomes U+FFFD. */
export function readSourceBelow(base: string): ReadSource {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, readText(join(base, path)));
    return known.get(path);
  };
}

function readText(file: string): string | undefined {
  try {
    return new TextDecoder().decode(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** Offset of the first character of each line; a line ends with LF, CRLF or CR. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** 1-based line of an offset. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
