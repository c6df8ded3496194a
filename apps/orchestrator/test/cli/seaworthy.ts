import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Options, ResultPromise } from 'execa';

export const BIN: string = join(import.meta.dirname, '..', '..', 'bin', 'seaworthy.js');

/** A folder for temporary files of the tool alone: what is left in it after a run was left by the tool. */
export class Sandbox implements Disposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'seaworthy-cli-'));
  readonly temporary: string = join(this.folder, 'tmp');
  readonly project: string = join(this.folder, 'project');

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const folder of [this.temporary, this.project]) mkdirSync(folder);
    // Configurations above the temporary folder must not count.
    mkdirSync(join(this.folder, '.git'));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): string {
    const file = join(this.project, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Starts the built command line in the project. */
  start<Given extends Options>(
    args: readonly string[],
    options?: Given,
  ): ResultPromise<Given & { reject: false; cwd: string }> {
    const env = { TMPDIR: this.temporary, XDG_CACHE_HOME: join(this.folder, 'cache'), ...options?.env };
    return execa(process.execPath, [BIN, ...args], {
      cwd: this.project,
      reject: false,
      stdin: 'ignore',
      forceKillAfterDelay: false,
      ...options,
      env: { NO_COLOR: '', FORCE_COLOR: '', VIRTUAL_ENV: '', GITHUB_STEP_SUMMARY: '', ...env },
    } as unknown as Given & { reject: false; cwd: string });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Three modules in a cycle that crashes when it is entered through `shop.billing`. */
export const SHOP: Readonly<Record<string, string>> = {
  'shop/__init__.py': '',
  'shop/orders.py': 'from shop.pricing import price\n\nclass Order:\n    cost = price\n',
  'shop/pricing.py': 'import shop.billing\n\ndef price():\n    return shop.billing.invoice()\n',
  'shop/billing.py': 'from shop.orders import Order\n\ndef invoice():\n    return Order\n',
};

/** How to get a mount namespace of one's own here: as root, through a user namespace, or with sudo. */
function privateMounts(): readonly string[] {
  const ways = [
    ['unshare', '--mount'],
    ['unshare', '--mount', '--map-root-user'],
    ['sudo', '-n', '-E', 'unshare', '--mount'],
  ];
  const works = ([command = '', ...args]: readonly string[]): boolean => {
    try {
      const script = 'mount -t tmpfs none /mnt';
      execFileSync(command, [...args, 'sh', '-c', script], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  const way = ways.find(works);
  if (way === undefined)
    throw new Error('This test needs to mount a tmpfs: as root, with sudo, or with user namespaces');
  return way;
}

/**
 * Runs the command line where file systems are mounted by `script` (shell), which nobody else sees.
 *
 * @param script may use `$1` and so on, from `names`.
 */
export async function seaworthyWithMounts(
  sandbox: Sandbox,
  script: string,
  names: readonly string[],
  args: readonly string[],
): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> {
  const [command = '', ...before] = privateMounts();
  const words = [...names, process.execPath, BIN, ...args];
  const run = `set -e; ${script}; shift ${String(names.length)}; exec "$@"`;
  return execa(command, [...before, 'sh', '-c', run, 'sh', ...words], {
    cwd: sandbox.project,
    reject: false,
    stdin: 'ignore',
    env: { TMPDIR: sandbox.temporary, XDG_CACHE_HOME: join(sandbox.folder, 'cache'), NO_COLOR: '1' },
  });
}
