import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { debianArchives } from './archives.ts';
import { findProgram } from './find-program.ts';
import { installPackages, mayInstall } from './install-packages.ts';

export interface DebianTree {
  readonly suite: string;
  /** Beside the minimal system. */
  readonly packages: readonly string[];
  /** Folder that it is installed into; what was there is removed. */
  readonly root: string;
  /** Patterns of paths that are not unpacked, beside documentation and translations. */
  readonly without?: readonly string[];
}

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const neverNeeded = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*'];

/** Ends with whoever started it, and what it mounts and starts goes with it. */
const confined = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--mount', '--pid', '--fork', '--kill-child', 'debootstrap'],
] as const;

/** Installs a Debian into a folder, from the mirrors that apt uses here; or says in a line why it cannot. */
export async function debootstrap(tree: DebianTree): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  if (!isHere() && mayInstall()) {
    const why = `to install Debian ${tree.suite} into a folder`;
    try {
      installPackages(['debootstrap', 'debian-archive-keyring'], why);
    } catch (error) {
      return (error as Error).message;
    }
  }
  if (!isHere()) return 'is not installed, or Debian’s keys are not';
  let problem: string | undefined;
  for (const mirror of await debianArchives()) {
    problem = await install(tree, mirror);
    if (problem === undefined) return undefined;
  }
  return problem;
}

function isHere(): boolean {
  return findProgram('debootstrap') !== undefined && existsSync(keyring);
}

async function install({ suite, packages, root, without = [] }: DebianTree, mirror: string) {
  await rm(root, { recursive: true, force: true });
  const configuration = join(root, 'etc/dpkg/dpkg.cfg.d');
  await mkdir(configuration, { recursive: true });
  // A tree that is read once need not wait for the disk.
  const excluded = [...neverNeeded, ...without].map((pattern) => `path-exclude=${pattern}\n`);
  await writeFile(join(configuration, 'small'), `force-unsafe-io\n${excluded.join('')}`);
  const options = ['--variant=minbase', `--keyring=${keyring}`, `--include=${packages.join(',')}`];
  const result = await execa(confined[0], [...confined.slice(1), ...options, suite, root, mirror], {
    reject: false,
    stdin: 'ignore',
    all: true,
    env: await proxies(),
    timeout: 900_000,
  });
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
