import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where another tool was put; or why it could not be had. */
export type Installed = { readonly folder: string } | { readonly absent: string };

const PYRIGHT = 'pyright@1.1.414';

/** pylint and what it imports, as Debian packages it; `python3` itself is there. */
const PYLINT = [
  'pylint',
  'python3-astroid',
  'python3-dill',
  'python3-isort',
  'python3-lazy-object-proxy',
  'python3-mccabe',
  'python3-platformdirs',
  'python3-tomli',
  'python3-tomlkit',
  'python3-typing-extensions',
  'python3-wrapt',
];

/** Tools for import cycles that neither Debian nor npm packages. Said so in the table. */
export const NOT_PACKAGED: readonly string[] = [
  'grimp',
  'import-linter',
  'pydeps',
  'pycycle',
  'tach',
  'ruff',
];

/** Unpacks pylint below `scratch`, without installing anything. */
export function unpackPylint(scratch: string): Installed {
  const folder = join(scratch, 'pylint');
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('apt-get', ['download', '-qq', ...PYLINT], { cwd: folder, stdio: 'pipe', timeout: 120_000 });
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
      execFileSync('dpkg-deb', ['-x', join(folder, name), folder]);
    }
    return { folder: join(folder, 'usr/lib/python3/dist-packages') };
  } catch (cause) {
    return { absent: `apt-get could not fetch it (${reasonOf(cause)})` };
  }
}

/** Installs pyright below `scratch`. */
export function installPyright(scratch: string): Installed {
  const folder = join(scratch, 'pyright');
  mkdirSync(folder, { recursive: true });
  try {
    const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', ['install', ...options, PYRIGHT], { cwd: folder, stdio: 'pipe', timeout: 180_000 });
    return { folder: join(folder, 'node_modules') };
  } catch (cause) {
    return { absent: `npm could not install it (${reasonOf(cause)})` };
  }
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.trim().split('\n').at(-1)!.slice(0, 80);
}
