import type { Readable } from 'node:stream';

/** Where what is in a frame goes. */
export interface Outputs {
  /** Resolves when more may be given. */
  stdout(chunk: Buffer): Promise<void> | undefined;
  stderr(chunk: Buffer): Promise<void> | undefined;
}

const HEADER_BYTES = 8;
const STDERR = 2;

/**
 * Takes apart the stream in which an engine sends both outputs of a program: frames with a header of 8 bytes, the first
 * of which names the output and the last four the length. Returns at its end, also one in the middle of a frame.
 *
 * @throws what the stream fails with.
 */
export async function demultiplex(source: Readable, outputs: Outputs): Promise<void> {
  let header = Buffer.alloc(0);
  let left = 0;
  let output = outputs.stdout;
  for await (const piece of source) {
    let chunk = piece as Buffer;
    while (chunk.length > 0) {
      if (left > 0) {
        const part = chunk.subarray(0, left);
        left -= part.length;
        chunk = chunk.subarray(part.length);
        await output(part);
        continue;
      }
      const missing = HEADER_BYTES - header.length;
      header = Buffer.concat([header, chunk.subarray(0, missing)]);
      chunk = chunk.subarray(missing);
      if (header.length < HEADER_BYTES) continue;
      output = header[0] === STDERR ? outputs.stderr : outputs.stdout;
      left = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
  }
}
