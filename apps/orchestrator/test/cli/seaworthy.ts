import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const BIN: string = join(import.meta.dirname, '..', '..', 'bin', 'seaworthy.js');

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A file descriptor, or a pipe that is read. */
  readonly stdout?: number | 'pipe';
}

/** What in the environment of the tests must not reach the tool. */
const UNSET = {
  NO_COLOR: '',
  FORCE_COLOR: '',
  VIRTUAL_ENV: '',
  GITHUB_STEP_SUMMARY: '',
  GITHUB_WORKSPACE: '',
  // Tests look for whole lines.
  COLUMNS: '1000',
};

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
  start(args: readonly string[], { env = {}, stdout = 'pipe' }: StartOptions = {}): Running {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: this.project,
      stdio: ['ignore', stdout, 'pipe'],
      env: { ...process.env, ...UNSET, ...this.environment, ...env },
    });
    return { child, ended: outcomeOf(child) };
  }

  /** Runs it to its end. */
  run(args: readonly string[], options?: StartOptions): Promise<Outcome> {
    return this.start(args, options).ended;
  }

  get environment(): Readonly<Record<string, string>> {
    return { TMPDIR: this.temporary, XDG_CACHE_HOME: join(this.folder, 'cache') };
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
): Promise<Outcome> {
  const [command = '', ...before] = privateMounts();
  const words = [...names, process.execPath, BIN, ...args];
  const run = `set -e; ${script}; shift ${String(names.length)}; exec "$@"`;
  return outcomeOf(
    spawn(command, [...before, 'sh', '-c', run, 'sh', ...words], {
      cwd: sandbox.project,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...UNSET, ...sandbox.environment },
    }),
  );
}

/** All that a process wrote, without the last line feed, and how it ended. */
export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8');
    child[name]?.on('data', (text: string) => (texts[name] += text));
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout: texts.stdout.replace(/\n$/, ''), stderr: texts.stderr.replace(/\n$/, '') };
}
