import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { debianArchives } from '../debian/archives.ts';
import { findProgram } from '../debian/find-program.ts';
import { installPackages, mayInstall } from '../debian/install-packages.ts';
import { archiveOf, keepArchive } from './archive.ts';
import { cuts, packages, suite } from './debian-packages.ts';
import type { FileSource } from './test-image.ts';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** What is not unpacked need not be removed; and a tree that is read once needs no waiting for the disk. */
const unpacking = `force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/lib/postgresql/*/lib/bitcode/*
`;

/** Debian installed into a folder, from the mirror that apt uses here. */
export function debootstrapSource(): FileSource {
  return {
    name: 'debootstrap',
    async fill({ folder, archive }) {
      if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can';
      const isHere = () => findProgram('debootstrap') !== undefined && existsSync(keyring);
      if (!isHere() && mayInstall()) {
        installPackages(['debootstrap', 'debian-archive-keyring'], 'for an image to test with');
      }
      if (!isHere()) return 'it is not installed, or Debian’s keys are not';
      const root = join(folder, 'root');
      let problem: string | undefined;
      for (const mirror of await debianArchives()) {
        problem = await install(root, mirror);
        if (problem === undefined) break;
      }
      if (problem !== undefined) return problem;
      await execa({ cwd: root })`sh -c ${cuts}`;
      await keepArchive(archiveOf(root, '--exclude=./dev/*', '--exclude=./debootstrap'), archive);
      return undefined;
    },
  };
}

/** In namespaces of its own: what it mounts and starts in there is gone with it, however we end. */
async function install(root: string, mirror: string): Promise<string | undefined> {
  await execa`rm -rf ${root}`;
  await mkdir(join(root, 'etc/dpkg/dpkg.cfg.d'), { recursive: true });
  await writeFile(join(root, 'etc/dpkg/dpkg.cfg.d/test-image'), unpacking);
  const confined = [
    'setpriv',
    '--pdeathsig',
    'KILL',
    'unshare',
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
  ];
  const options = ['--variant=minbase', `--keyring=${keyring}`, `--include=${packages.join(',')}`];
  const result = await execa(
    confined[0] ?? '',
    [...confined.slice(1), 'debootstrap', ...options, suite, root, mirror],
    { reject: false, stdin: 'ignore', all: true, env: await proxies(), timeout: 900_000 },
  );
  if (!result.failed) return undefined;
  const lines = result.all.trim().split('\n').slice(-3).join(' | ');
  return `from ${mirror}: ${lines === '' ? result.shortMessage : lines}`;
}

/** It asks with wget, which does not know of the proxy that apt was given. */
async function proxies(): Promise<Record<string, string>> {
  const { stdout } = await execa({ reject: false })`apt-config shell proxy Acquire::http::Proxy`;
  const proxy = /^proxy='(.+)'$/m.exec(stdout ?? '')?.[1];
  return proxy === undefined ? {} : { http_proxy: proxy };
}
