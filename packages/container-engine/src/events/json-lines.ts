import type { Readable } from 'node:stream';

/** The lines of a stream whose pieces end anywhere, also within a line or a character. Empty ones are left out. */
export async function* readJsonLines(source: Readable): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of source) {
    rest += decoder.decode(piece as Buffer, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  if (rest.trim() !== '') yield rest;
}
