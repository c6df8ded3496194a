import type { EngineEndpoint } from '@seaworthy/scenario';
import { ask, askJson, EngineRefusal } from '../engine/engine-requests.ts';

export interface ImageFacts {
  readonly Id: string;
  /** Bytes, all layers. */
  readonly Size: number;
}

/** @returns `undefined` where the engine has no such image */
export async function inspectImage(engine: EngineEndpoint, name: string): Promise<ImageFacts | undefined> {
  try {
    return await askJson<ImageFacts>(engine, { path: `/images/${name}/json` });
  } catch (error) {
    if (error instanceof EngineRefusal && error.status === 404) return undefined;
    throw error;
  }
}

/** Removes what had the name before, unless a container or another name still uses it: then the engine refuses. */
export async function removeFormerImage(
  engine: EngineEndpoint,
  name: string,
  former: ImageFacts | undefined,
): Promise<void> {
  const now = await inspectImage(engine, name);
  if (former === undefined || former.Id === now?.Id) return;
  await ask(engine, { method: 'DELETE', path: `/images/${former.Id}` }).catch(() => undefined);
}
