import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findProgram } from '../debian/find-program.ts';
import { installPackages, mayInstall } from '../debian/install-packages.ts';
import { archiveOf, keepArchive } from './archive.ts';
import type { FileSource } from './test-image.ts';

const accounts = ['root:x:0:0:root:/:/bin/sh', 'nobody:x:65534:65534:nobody:/:/bin/sh'];
const groups = ['root:x:0:', 'nogroup:x:65534:'];

/** The static busybox of this machine, with a link for each of its programs. */
export function busyboxSource(): FileSource {
  return {
    name: 'a static busybox',
    async fill({ folder, archive }) {
      const busybox = await staticBusybox(folder);
      if (busybox === undefined) return 'none is here (Debian’s package is busybox-static)';
      const root = join(folder, 'root');
      for (const name of ['bin', 'etc', 'dev', 'proc', 'sys', 'tmp']) {
        await mkdir(join(root, name), { recursive: true });
      }
      await chmod(join(root, 'tmp'), 0o1777);
      await writeFile(join(root, 'etc/passwd'), `${accounts.join('\n')}\n`);
      await writeFile(join(root, 'etc/group'), `${groups.join('\n')}\n`);
      await copyFile(busybox, join(root, 'bin/busybox'));
      await chmod(join(root, 'bin/busybox'), 0o755);
      const { stdout } = await execa(busybox, ['--list']);
      for (const program of stdout.split('\n').filter((name) => name !== 'busybox')) {
        await symlink('busybox', join(root, 'bin', program));
      }
      await keepArchive(archiveOf(root, '--owner=0', '--group=0'), archive);
      return undefined;
    },
  };
}

/** Fetched without being installed where the machine has another busybox, which it would replace. */
async function staticBusybox(folder: string): Promise<string | undefined> {
  const installed = findProgram('busybox');
  if (installed !== undefined && (await isStatic(installed))) return installed;
  if (installed === undefined && mayInstall()) {
    try {
      installPackages(['busybox-static'], 'for a tiny image to test with');
    } catch {
      // apt has said why; what is fetched below needs no more than the archive.
    }
    const program = findProgram('busybox');
    if (program !== undefined && (await isStatic(program))) return program;
  }
  const fetched = await execa({ cwd: folder, reject: false })`apt-get download busybox-static`;
  if (fetched.failed) return undefined;
  const unpacked = await execa({ cwd: folder, shell: true, reject: false })`dpkg-deb -x *.deb unpacked`;
  if (unpacked.failed) return undefined;
  const programs = ['usr/bin/busybox', 'bin/busybox'].map((name) => join(folder, 'unpacked', name));
  for (const program of programs) if (await isStatic(program)) return program;
  return undefined;
}

/** A program that names no interpreter (`ld.so`) needs no libraries. */
async function isStatic(file: string): Promise<boolean> {
  const elf = await readFile(file).catch(() => Buffer.alloc(0));
  if (elf.length < 64 || elf.readUInt32BE(0) !== 0x7f454c46) return false;
  const offset = Number(elf.readBigUInt64LE(32));
  const [size, count] = [elf.readUInt16LE(54), elf.readUInt16LE(56)];
  const types = Array.from({ length: count }, (_, index) => elf.readUInt32LE(offset + index * size));
  return !types.includes(3);
}
