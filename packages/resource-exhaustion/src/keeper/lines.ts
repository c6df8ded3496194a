import type { Readable } from 'node:stream';

/** A line longer than this is nothing that a keeper says: it would only fill our memory. */
const LONGEST = 1 << 20;

/** Calls for every whole line; a torn last one (the writer was killed) is dropped. Calls `over` once when there are no more. */
export function readLines(stream: Readable, line: (text: string) => void, over: () => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    if (rest.length > LONGEST) rest = '';
    for (const part of parts) line(part);
  });
  stream.once('error', over);
  stream.once('close', over);
  stream.once('end', over);
}
