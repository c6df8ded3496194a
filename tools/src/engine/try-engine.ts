import { connectTo, type ContainerEngine } from '@seaworthy/container-engine';
import type { EngineEndpoint } from '@seaworthy/scenario';

/** Where Docker's daemon listens unless it is told otherwise. */
export const usualEndpoint: EngineEndpoint = { kind: 'socket', path: '/var/run/docker.sock' };

/** The engine there, if one answers at this moment: for those who wait for it. */
export async function tryEngine(
  endpoint: EngineEndpoint,
  timeoutMs = 5_000,
): Promise<ContainerEngine | undefined> {
  try {
    return await connectTo(endpoint, { timeoutMs });
  } catch {
    return undefined;
  }
}
