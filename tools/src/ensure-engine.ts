/**
 * Makes sure that a container engine answers: uses the one that is there; else, as root, starts an installed Docker daemon,
 * and on a Debian-like system installs one first; else says what to do and fails. Only this workspace does that: the
 * `seaworthy` command never installs or starts anything.
 */
import { join, resolve } from 'node:path';
import { quickLook, type SeenEngine } from './engine/quick-look.ts';

async function ensure(): Promise<SeenEngine | undefined> {
  const { ensureRunning, adviceFor } = await import('./engine/ensure-running.ts');
  try {
    const folder = join(resolve(import.meta.dirname, '../..'), 'node_modules/.cache/seaworthy-engine');
    return (await ensureRunning(folder)).facts;
  } catch (error) {
    console.error(adviceFor(error));
    process.exitCode = 1;
    return undefined;
  }
}

const engine = (await quickLook()) ?? (await ensure());
if (engine !== undefined) {
  const { product, version, cgroupVersion, foundBy } = engine;
  console.log(`Container engine: ${product} ${version} (cgroup version ${cgroupVersion}) by ${foundBy}`);
}
