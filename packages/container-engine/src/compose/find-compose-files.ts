import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readEnvironmentFile } from './files/environment-file.ts';

/** In the order in which Compose looks for them. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
const OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/**
 * The compose files that `docker compose` would take in a folder: what COMPOSE_FILE names (in the environment or in `.env`), or
 * the first of the usual names with its override, here or in the nearest folder above inside the same repository.
 *
 * @returns absolute paths in the order in which they apply; none where there are none. Files of COMPOSE_FILE may not be there.
 */
export async function findComposeFiles(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const beside = await readEnvironmentFile(join(folder, '.env'), (name) => env[name]);
  const variable = (name: string): string => env[name] ?? beside?.get(name) ?? '';
  const named = variable('COMPOSE_FILE');
  if (named !== '') {
    const separator = variable('COMPOSE_PATH_SEPARATOR') || ':';
    return named.split(separator).flatMap((path) => (path === '' ? [] : [resolve(folder, path)]));
  }
  const folders = await upToRepository(folder);
  for (const place of folders) {
    const main = await firstOf(place, NAMES);
    if (main === undefined) continue;
    const override = await firstOf(place, OVERRIDES);
    return override === undefined ? [main] : [main, override];
  }
  return [];
}

/** The folder alone where it is in no repository: what lies above it is none of ours. */
async function upToRepository(folder: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let place = folder; ; place = dirname(place)) {
    folders.push(place);
    if (await exists(join(place, '.git'))) return folders;
    if (dirname(place) === place) return [folder];
  }
}

async function firstOf(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await exists(join(folder, name))) return join(folder, name);
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
