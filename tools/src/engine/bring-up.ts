import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { findProgram } from '../debian/find-program.ts';
import { installPackages, mayInstall } from '../debian/install-packages.ts';
import { mountCgroups } from './mount-cgroups.ts';
import { pidFiles, removeOutdatedPidFiles, runningIn } from './outdated-pid-files.ts';
import { startDockerd } from './start-dockerd.ts';
import { tryEngine, usualEndpoint } from './try-engine.ts';

/**
 * Starts the Docker daemon of this machine, installing it first where it is missing and may be. Says what it does.
 *
 * @param logFolder - receives the daemon's log
 * @returns the engine, or `undefined` where we may neither start nor install one
 * @throws Error where it may, and fails
 */
export async function bringUpEngine(logFolder: string): Promise<ContainerEngine | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  if (findProgram('dockerd') === undefined) {
    if (!mayInstall()) return undefined;
    installPackages(['docker.io', 'iptables'], 'since no container engine is here and the tests need one');
  }
  const program = findProgram('dockerd');
  if (program === undefined) throw new Error('There is still no dockerd after installing docker.io.');
  mountCgroups();
  // The package, an init script or another user may have started it this moment.
  const starting = await alreadyStarting();
  if (starting !== undefined) return starting;
  removeOutdatedPidFiles();
  return await start(program, join(logFolder, 'dockerd.log'));
}

async function start(program: string, logFile: string): Promise<ContainerEngine> {
  console.log(`Starting ${program} in the background, its log in ${logFile}.`);
  try {
    const { engine, pid } = await startDockerd({ program, endpoint: usualEndpoint, logFile });
    console.log(`It keeps running. To stop it: kill ${pid}`);
    return engine;
  } catch (error) {
    const other = await alreadyStarting();
    if (other !== undefined) return other;
    if (!isAboutNetworks(error)) throw error;
    console.log('This machine lets it make no networks: starting it without any.');
    removeOutdatedPidFiles();
    const withoutNetworks = ['--iptables=false', '--bridge=none'];
    const again = { program, endpoint: usualEndpoint, logFile, arguments: withoutNetworks };
    return (await startDockerd(again)).engine;
  }
}

/** Of a kernel without the modules, or a machine without the right to change its tables. */
function isAboutNetworks(error: unknown): boolean {
  return (
    error instanceof Error && /iptables|nftables|network controller|NAT chain|bridge/i.test(error.message)
  );
}

async function alreadyStarting(): Promise<ContainerEngine | undefined> {
  if (existsSync('/run/systemd/system')) {
    spawnSync('systemctl', ['start', 'docker.socket', 'docker'], { stdio: 'ignore' });
  }
  const deadline = Date.now() + 30_000;
  do {
    const engine = await tryEngine(usualEndpoint);
    if (engine !== undefined) return engine;
    await delay(200);
  } while (pidFiles.slice(0, 1).some(runningIn) && Date.now() < deadline);
  return undefined;
}
