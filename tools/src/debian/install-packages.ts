import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Only root installs anything, and only where the distribution's packages are Debian's. */
export function mayInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/** Installs packages of the distribution, saying so and why. What went wrong is on stderr, and in the exit status. */
export function installPackages(packages: readonly string[], why: string): boolean {
  console.log(`Installing ${packages.join(', ')} from the distribution, ${why}.`);
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

function apt(...args: string[]): boolean {
  // Another apt may be at work, on a machine that has just started.
  const waiting = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', [...waiting, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  });
  return status === 0;
}
