import { readFileSync } from 'node:fs';
import { entryAt } from './tree/node.ts';
import { parseYaml } from './tree/parse-yaml.ts';

/**
 * Whether compose files may declare a service, told from the top of each file without reading what they include. `true` where
 * a file cannot be read: whoever reads it as a whole says what is wrong with it.
 *
 * @param files absolute paths.
 */
export function mayHaveServices(files: readonly string[]): boolean {
  return files.some((file) => {
    try {
      return parseYaml(readFileSync(file, 'utf8'), file).some(
        (document) => document.kind !== 'map' || hasServices(document),
      );
    } catch {
      return true;
    }
  });
}

function hasServices(document: Parameters<typeof entryAt>[0]): boolean {
  const services = entryAt(document, 'services')?.node;
  const declares = services !== undefined && (services.kind !== 'map' || services.entries.size > 0);
  return declares || entryAt(document, 'include') !== undefined;
}
