import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MANIFEST = join(import.meta.dirname, '../peers/package.json');

/** The workspace's git-ignored cache folder. */
const CACHE = join(import.meta.dirname, '../../../../.nx/bench-peers');

/** The programs to compare with, installed the first time and whenever their pinned versions change. */
export interface Peers {
  readonly modules: string;
  /** Undefined where the package could not be installed. */
  versionOf(name: string): string | undefined;
}

export function installPeers(): Peers {
  const installed = join(CACHE, 'package.json');
  const pinned = readFileSync(MANIFEST, 'utf8');
  const modules = join(CACHE, 'node_modules');
  if (!existsSync(modules) || !existsSync(installed) || readFileSync(installed, 'utf8') !== pinned) {
    mkdirSync(CACHE, { recursive: true });
    copyFileSync(MANIFEST, installed);
    const npm = [
      'npm',
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
    ] as const;
    // What fails to install shows as missing in the table.
    spawnSync(npm[0], npm.slice(1), { cwd: dirname(installed), stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return {
    modules,
    versionOf(name) {
      const manifest = join(modules, name, 'package.json');
      if (!existsSync(manifest)) return undefined;
      return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
    },
  };
}
