import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Only root installs anything, and only where the distribution's packages are Debian's. */
export function mayInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/**
 * Installs packages of the distribution, saying so and why. What apt says is on stderr.
 *
 * @throws Error with the command where it fails
 */
export function installPackages(packages: readonly string[], why: string): void {
  console.log(`Installing ${packages.join(', ')} from the distribution, ${why}.`);
  // Of several archives one may be away, and the package in another.
  apt('update', '-qq');
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const problem = apt(...install);
  if (problem !== undefined) throw new Error(`\`apt-get ${install.join(' ')}\` ${problem}.`);
}

/** @returns what went wrong */
function apt(...args: string[]): string | undefined {
  // Another apt may be at work, on a machine that has just started.
  const waiting = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, signal, error } = spawnSync('apt-get', [...waiting, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  });
  if (status === 0) return undefined;
  return error === undefined
    ? `ended with ${signal ?? `exit code ${String(status)}`}`
    : `failed: ${error.message}`;
}
