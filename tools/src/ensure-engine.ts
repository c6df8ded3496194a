/**
 * Makes sure that a container engine answers: uses the one that is there; else, as root, starts an installed Docker daemon,
 * and on a Debian-like system installs one first; else says what to do and fails. Only this workspace does that: the
 * `seaworthy` command never installs or starts anything.
 */
import { join, resolve } from 'node:path';
import { connectEngine, EngineUnavailable, type ContainerEngine } from '@seaworthy/container-engine';
import { alone } from './alone/alone.ts';
import { bringUpEngine } from './engine/bring-up.ts';

const logFolder = join(resolve(import.meta.dirname, '../..'), 'node_modules/.cache/seaworthy-engine');

async function ensure(): Promise<ContainerEngine> {
  try {
    return await connectEngine();
  } catch (error) {
    if (!(error instanceof EngineUnavailable) || isNamed(error)) throw error;
  }
  return await alone('seaworthy-ensure-engine', async () => {
    try {
      // Whoever held the lock before us may have started it.
      return await connectEngine();
    } catch (error) {
      const started = await bringUpEngine(logFolder);
      if (started === undefined) throw error;
      return started;
    }
  });
}

/** One that DOCKER_HOST or a context names is what the tests will ask: another one would not help. */
function isNamed({ tried }: EngineUnavailable): boolean {
  return tried.some(({ place }) => /^(?:DOCKER_HOST|context) ?/.test(place));
}

try {
  const { facts } = await ensure();
  const { product, version, cgroupVersion, foundBy } = facts;
  console.log(`Container engine: ${product} ${version} (cgroup version ${cgroupVersion}) by ${foundBy}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof EngineUnavailable && !isNamed(error)) {
    console.error('As root on Debian or Ubuntu one is installed and started for you.');
  }
  process.exitCode = 1;
}
