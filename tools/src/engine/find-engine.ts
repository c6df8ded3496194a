import { homedir } from 'node:os';
import { type EnginePlace, enginePlaces, type Surroundings } from './engine-places.ts';
import { askJson } from './engine-requests.ts';

export interface FoundEngine {
  readonly place: EnginePlace;
  readonly product: string;
  readonly version: string;
}

export interface EngineSearch {
  readonly engine?: FoundEngine;
  /** Where nothing answered, with the reason. */
  readonly tried: readonly { readonly place: EnginePlace; readonly problem: string }[];
}

interface VersionAnswer {
  readonly Version: string;
  readonly Components?: readonly { readonly Name: string }[];
}

/** The first engine that answers. One that is stopped, or hangs, does not within three seconds. */
export async function findEngine(
  surroundings: Surroundings = { env: process.env, homeFolder: homedir() },
): Promise<EngineSearch> {
  const tried: { place: EnginePlace; problem: string }[] = [];
  for (const place of enginePlaces(surroundings)) {
    const answer = await askVersion(place);
    if (typeof answer !== 'string') return { engine: answer, tried };
    tried.push({ place, problem: answer });
  }
  return { tried };
}

/** The engine there, or why there is none. */
export async function askVersion(place: EnginePlace, silenceMs = 3_000): Promise<FoundEngine | string> {
  try {
    const answer = await askJson<VersionAnswer>(place, { path: '/version', silenceMs });
    const podman = answer.Components?.some(({ Name }) => Name.startsWith('Podman')) === true;
    return { place, product: podman ? 'Podman' : 'Docker', version: answer.Version };
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}
