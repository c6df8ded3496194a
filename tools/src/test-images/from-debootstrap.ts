import { join } from 'node:path';
import { execa } from 'execa';
import { debootstrap } from '../debian/debootstrap.ts';
import { archiveOf, keepArchive } from './archive.ts';
import { cuts, packages, suite } from './debian-packages.ts';
import type { FileSource } from './test-image.ts';

/** Debian installed into a folder. */
export function debootstrapSource(): FileSource {
  return {
    name: 'debootstrap',
    async fill({ folder, archive }) {
      const root = join(folder, 'root');
      const without = ['/usr/lib/postgresql/*/lib/bitcode/*'];
      const problem = await debootstrap({ suite, packages, root, without });
      if (problem !== undefined) return problem;
      await execa({ cwd: root })`sh -c ${cuts}`;
      await keepArchive(archiveOf(root, '--exclude=./dev/*', '--exclude=./debootstrap'), archive);
      return undefined;
    },
  };
}
