import { connectEngine, EngineUnavailable, type ContainerEngine } from '@seaworthy/container-engine';
import { alone } from '../alone/alone.ts';
import { bringUpEngine } from './bring-up.ts';

/**
 * The engine that the tests will ask; brought up first where none answers and nobody named one.
 *
 * @param logFolder - receives the log of a daemon that is started
 * @throws EngineUnavailable where there is none and we may not start one
 */
export async function ensureRunning(logFolder: string): Promise<ContainerEngine> {
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

/** What went wrong, for people. */
export function adviceFor(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof EngineUnavailable && !isNamed(error)
    ? `${message}\nAs root on Debian or Ubuntu one is installed and started for you.`
    : message;
}

/** One that DOCKER_HOST or a context names is what the tests will ask: another one would not help. */
function isNamed({ tried }: EngineUnavailable): boolean {
  return tried.some(({ place }) => /^(?:DOCKER_HOST|context) ?/.test(place));
}
