import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { debianArchives } from '../debian/archives.ts';
import type { PinnedPackage } from './pinned-packages.ts';
import { lastLine, type Source } from './source.ts';

// Knows of apt's proxies, certificates and mirrors, and needs no root.
const helper = '/usr/lib/apt/apt-helper';

/** Files of Debian's archive, unpacked without being installed. */
export function debianSource(): Source {
  return {
    name: 'Debian packages',
    async fill(packages: readonly PinnedPackage[], folder: string) {
      if (!existsSync(helper)) return 'this is not a Debian-like machine';
      const archives = await debianArchives();
      const files = join(folder, '.debian');
      await mkdir(files);
      for (const pinned of packages) {
        const file = join(files, basename(pinned.deb));
        const problem = await download(pinned, file, archives);
        if (problem !== undefined) return problem;
        const { failed, stderr } = await execa('dpkg-deb', ['-x', file, files], { reject: false });
        if (failed) return `dpkg-deb -x ${basename(file)}: ${lastLine(stderr)}`;
      }
      const unpacked = join(files, 'usr', 'lib', 'python3', 'dist-packages');
      for (const name of await readdir(unpacked)) {
        await rename(join(unpacked, name), join(folder, name));
      }
      return undefined;
    },
  };
}

async function download(
  { deb, sha256 }: PinnedPackage,
  file: string,
  archives: readonly string[],
): Promise<string | undefined> {
  let problem: string | undefined;
  for (const archive of archives) {
    const { failed, stderr } = await execa(
      helper,
      ['-o', 'Acquire::Retries=2', 'download-file', `${archive}/${deb}`, file, `SHA256:${sha256}`],
      { reject: false, timeout: 120_000, stdin: 'ignore' },
    );
    if (!failed) {
      const found = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      if (found === sha256) return undefined;
      problem = `${archive}/${deb} is not the pinned file: its SHA-256 is ${found}`;
    } else problem ??= `${archive}/${deb}: ${reasonIn(stderr)}`;
  }
  return problem;
}

/** Its first complaint names the cause, its last one only that there was one. */
function reasonIn(stderr: string): string {
  return /^E: (?:Failed to fetch \S+ +)?(.+)$/m.exec(stderr)?.[1] ?? 'could not be downloaded';
}
