import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { demultiplex } from '../../src/containers/demultiplex.ts';

function frame(stream: number, content: string): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

async function read(pieces: readonly Buffer[]): Promise<{ stdout: string; stderr: string }> {
  const found = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  await demultiplex(Readable.from(pieces), {
    stdout: (chunk) => void found.stdout.push(chunk),
    stderr: (chunk) => void found.stderr.push(chunk),
  });
  return { stdout: Buffer.concat(found.stdout).toString(), stderr: Buffer.concat(found.stderr).toString() };
}

test('wherever the pieces of the stream end, each output is whole and in order', async () => {
  const list = [
    [1, 'first '],
    [2, 'proßlem'],
    [1, ''],
    [1, 'x'.repeat(300)],
    [2, '\n'],
    [1, 'last'],
  ] as const;
  const whole = Buffer.concat(list.map(([stream, content]) => frame(stream, content)));
  for (let size = 1; size <= whole.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
      whole.subarray(index * size, (index + 1) * size),
    );
    expect(await read(pieces)).toEqual({ stdout: `first ${'x'.repeat(300)}last`, stderr: 'proßlem\n' });
  }
});

test('a stream that breaks off within a frame gives what came', async () => {
  expect(await read([frame(1, 'whole'), frame(2, 'cut off').subarray(0, 11)])).toEqual({
    stdout: 'whole',
    stderr: 'cut',
  });
});
