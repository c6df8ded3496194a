import { EngineError, EngineUnavailable, connectEngine } from '@seaworthy/container-engine';
import type { ContainerEngine } from '@seaworthy/container-engine';
import type { Surroundings } from '../surroundings.ts';

/** The engine that answers here, or why none does. */
export type EngineSearch =
  | { readonly engine: ContainerEngine; readonly problem?: undefined; readonly tried?: undefined }
  | {
      readonly engine?: undefined;
      /** In a phrase. */
      readonly problem: string;
      readonly tried: readonly { readonly place: string; readonly problem: string }[];
    };

/** Long enough for a busy engine, and short enough for one that hangs. */
const PATIENCE_MS = 20_000;

/** Looks for a container engine, by asking. Nothing needs one that is not told so. */
export async function findEngine({
  env,
  interruption,
}: Pick<Surroundings, 'env' | 'interruption'>): Promise<EngineSearch> {
  const signal = interruption();
  try {
    return { engine: await connectEngine({ env, timeoutMs: PATIENCE_MS, signal }) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineUnavailable) return { problem: inAPhrase(error), tried: error.tried };
    if (error instanceof EngineError) return { problem: error.message, tried: [] };
    throw error;
  }
}

/** Where one place was named, that is the one that matters. */
function inAPhrase({ tried }: EngineUnavailable): string {
  const [first] = tried;
  return first === undefined || tried.length > 1
    ? 'no container engine answers'
    : `no container engine answers at ${first.place}: ${first.problem}`;
}
