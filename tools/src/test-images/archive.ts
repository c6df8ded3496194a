import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { execa } from 'execa';

/** A tar archive of what is in a folder, owners by number. */
export function archiveOf(folder: string, ...options: readonly string[]): Readable {
  return execa('tar', ['--numeric-owner', ...options, '-C', folder, '-c', '.'], {
    buffer: false,
  }).readable();
}

/** Keeps a tar archive in a third of its size. */
export async function keepArchive(archive: Readable, file: string): Promise<void> {
  await pipeline(archive, createZstdCompress(), createWriteStream(file));
}

export function readArchive(file: string): Readable {
  const unpacked = createZstdDecompress();
  const kept = createReadStream(file);
  kept.on('error', (error) => unpacked.destroy(error));
  return kept.pipe(unpacked);
}
