import { createHash } from 'node:crypto';
import type { TreeFile } from '../tree-file.ts';

/** SHA-256 over paths and contents, in the order of the paths, hexadecimal. */
export function digestOf(files: readonly TreeFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    // With their lengths, so that no two trees run together to the same bytes.
    hash.update(`${Buffer.byteLength(path)}:${path}${Buffer.byteLength(content)}:${content}`);
  }
  return hash.digest('hex');
}
