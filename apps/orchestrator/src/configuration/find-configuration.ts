import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '@seaworthy/scenario';

const NAMES = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `seaworthy.config.${extension}`);

/**
 * The configuration that is in force in a folder: its own, or that of the nearest folder above, up to the root of the
 * repository (the folder that holds `.git`).
 *
 * @throws UsageError `TWO_CONFIGURATIONS` where one folder has several.
 */
export async function findConfiguration(folder: string): Promise<string | undefined> {
  const present = await filter(
    NAMES.map((name) => join(folder, name)),
    exists,
  );
  const manifest = join(folder, 'package.json');
  if (await hasSeaworthyKey(manifest)) present.push(manifest);
  if (present.length > 1) {
    throw new UsageError(
      'TWO_CONFIGURATIONS',
      `Only one configuration can be in force, ${JSON.stringify(folder)} has several: ` +
        `${present.map((path) => path.slice(folder.length + 1)).join(', ')}. Remove all but one, or choose with --config.`,
    );
  }
  const above = dirname(folder);
  if (present[0] !== undefined || above === folder || (await exists(join(folder, '.git')))) return present[0];
  return findConfiguration(above);
}

async function hasSeaworthyKey(manifest: string): Promise<boolean> {
  try {
    const data: unknown = JSON.parse(await readFile(manifest, 'utf8'));
    return typeof data === 'object' && data !== null && Object.hasOwn(data, 'seaworthy');
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function filter<Item>(items: readonly Item[], keep: (item: Item) => Promise<boolean>): Promise<Item[]> {
  const kept = await Promise.all(items.map(keep));
  return items.filter((_, index) => kept[index]);
}
