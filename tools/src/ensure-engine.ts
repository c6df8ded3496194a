/**
 * Makes sure that a container engine answers: uses the one that is there; else, as root, starts an installed Docker daemon,
 * and on a Debian-like system installs one first; else says what to do and fails. Only this workspace does that: the
 * `seaworthy` command never installs or starts anything.
 */
import { join, resolve } from 'node:path';
import { alone } from './alone/alone.ts';
import { bringUpEngine } from './engine/bring-up.ts';
import { type EngineSearch, findEngine, type FoundEngine } from './engine/find-engine.ts';

const logFolder = join(resolve(import.meta.dirname, '../..'), 'node_modules/.cache/seaworthy-engine');

async function ensure(): Promise<FoundEngine | undefined> {
  const search = await findEngine();
  if (search.engine !== undefined) return search.engine;
  if (process.env['DOCKER_HOST']) {
    explain(search);
    return undefined;
  }
  return await alone('seaworthy-ensure-engine', async () => {
    // Whoever held the lock before us may have started it.
    const { engine = await bringUpEngine(logFolder), tried } = await findEngine();
    if (engine === undefined) explain({ tried });
    return engine;
  });
}

function explain({ tried }: EngineSearch): void {
  console.error('The tests need a container engine, and none answers.');
  for (const { place, problem } of tried) console.error(`  ${place.name} (${place.address}): ${problem}`);
  if (tried.some(({ problem }) => problem.includes('EACCES'))) {
    console.error('One is there, but not for this user: become a member of the group docker, or use root.');
  } else if (process.env['DOCKER_HOST']) {
    console.error('DOCKER_HOST names it: start that engine, or unset DOCKER_HOST to use another one.');
  } else {
    console.error(
      'Start Docker or Podman, or set DOCKER_HOST. As root on Debian or Ubuntu this is done for you.',
    );
  }
}

try {
  const engine = await ensure();
  if (engine === undefined) process.exitCode = 1;
  else console.log(`Container engine: ${engine.product} ${engine.version} at ${engine.place.name}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
