import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withMiddleFile } from './change-files.ts';

/** The test file in the middle loads its data when it is imported. Every page is written to. */
export function memoryHog(files: readonly TreeFile[], { bytes }: Brick<'memory-hog'>): readonly TreeFile[] {
  return withMiddleFile(files, `_data = b"x" * ${bytes}\n`);
}
