import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';

/** Above this a file is data or a bundle: its parse tree alone would take gigabytes. In bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A source file's text, or why there is none; `text` with a problem is what can be read of it all the same. */
export interface SourceText {
  readonly text?: string;
  readonly problem?: { readonly kind: 'unreadable' | 'undecodable' | 'too-large'; readonly message: string };
}

/** Reads UTF-8 with or without a byte order mark, and UTF-16 with one, as the compiler does. */
export function readSource(path: string): SourceText {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) {
      return {
        problem: { kind: 'too-large', message: `Not read: ${size} bytes, the limit is ${MAX_BYTES}` },
      };
    }
    bytes = readFileSync(path);
  } catch (error) {
    return {
      problem: { kind: 'unreadable', message: error instanceof Error ? error.message : String(error) },
    };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return {
      text: bytes
        .subarray(2, bytes.length & ~1)
        .swap16()
        .toString('utf16le'),
    };
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString('utf8', hasMark ? 3 : 0);
  if (isUtf8(bytes)) return { text };
  // `.ts` is also the extension of video streams.
  if (bytes.includes(0))
    return { problem: { kind: 'undecodable', message: 'Not text: it holds zero bytes' } };
  return {
    text,
    problem: { kind: 'undecodable', message: 'Not UTF-8: bytes that make no character are replaced' },
  };
}
