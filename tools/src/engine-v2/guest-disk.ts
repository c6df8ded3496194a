import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { debootstrap } from '../debian/debootstrap.ts';
import { diskSize, files, finish, packages, suite } from './guest-recipe.ts';

export interface GuestDisk {
  readonly kernel: string;
  readonly initialRamDisk: string;
  /** Raw, one ext4 file system without partitions. */
  readonly disk: string;
}

/**
 * The disk of the guest, made when its recipe has changed or it is not there yet, which takes a minute or two.
 *
 * @throws Error where it cannot be made here
 */
export async function guestDisk(cache: string): Promise<GuestDisk> {
  const recipe = JSON.stringify([suite, packages, diskSize, files, finish]);
  const digest = createHash('sha256').update(recipe).digest('hex').slice(0, 12);
  const folder = join(cache, digest);
  if (!existsSync(folder)) await make(cache, folder);
  return {
    kernel: join(folder, 'kernel'),
    initialRamDisk: join(folder, 'initial-ram-disk'),
    disk: join(folder, 'disk'),
  };
}

async function make(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  // Former recipes, and drafts of runs that were killed.
  for (const name of await readdir(cache)) await rm(join(cache, name), { recursive: true });
  console.log(`Making the disk of the guest in ${folder}: a Debian of a gigabyte, with Docker.`);
  const draft = await mkdtemp(join(cache, '.draft-'));
  const root = join(draft, 'root');
  try {
    const problem = await debootstrap({ suite, packages, root });
    if (problem !== undefined) throw new Error(`debootstrap ${suite} ${problem}`);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await execa({ cwd: root })`sh -euc ${finish}`;
    const boot = await readdir(join(root, 'boot'));
    const bootFile = (prefix: string) =>
      join(root, 'boot', boot.find((name) => name.startsWith(prefix)) ?? prefix);
    await copyFile(bootFile('vmlinuz-'), join(draft, 'kernel'));
    await copyFile(bootFile('initrd.img-'), join(draft, 'initial-ram-disk'));
    await execa`/sbin/mkfs.ext4 -q -d ${root} ${join(draft, 'disk')} ${diskSize}`;
    await rm(root, { recursive: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
