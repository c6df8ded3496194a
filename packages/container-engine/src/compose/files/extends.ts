import { dirname } from 'node:path';
import { mergeServices } from '../tree/merge.ts';
import type { Lookup } from '../tree/interpolate.ts';
import { entryAt } from '../tree/node.ts';
import type { MapEntry, MapNode } from '../tree/node.ts';
import { normaliseService } from '../tree/normalise.ts';
import { mistake, unexpected } from '../values/mistake.ts';
import { besideFile, readDocuments, shownPath } from './file-source.ts';
import type { Reading } from './file-source.ts';

/** Services of one file by name, as they stand there, and what their paths are relative to. */
export interface FileServices {
  readonly file: string;
  readonly folder: string;
  readonly services: ReadonlyMap<string, MapEntry>;
  readonly lookup: Lookup;
}

/**
 * A service in its long form, with what it takes from services that it extends, in the same file or another one.
 *
 * @throws UsageError for a service or file that is not there, and for services that extend each other.
 */
export async function completeService(
  name: string,
  from: FileServices,
  reading: Reading,
  path: readonly string[] = [],
): Promise<MapNode> {
  const entry = from.services.get(name);
  if (entry?.node.kind !== 'map')
    throw entry === undefined
      ? new Error(`Expected a service ${name}`)
      : unexpected(entry.node, `services.${name}`, 'a mapping');
  const service = normaliseService(entry.node, from.folder);
  const clause = service.entries.get('extends');
  if (clause === undefined) return service;
  const baseName = entryAt(clause.node, 'service')?.node;
  if (baseName?.kind !== 'scalar')
    throw unexpected(clause.node, `services.${name}.extends`, 'the name of a service');
  const other = entryAt(clause.node, 'file')?.node;
  if (other !== undefined && other.kind !== 'scalar')
    throw unexpected(other, `services.${name}.extends.file`, 'the path of a file');
  const source =
    other === undefined ? from : await servicesOf(besideFile(from.file, String(other.value)), from, reading);
  const wanted = String(baseName.value);
  const step = `${source.file}#${wanted}`;
  if (path.includes(step) || step === `${from.file}#${name}`)
    throw mistake(
      clause.keyAt,
      `services.${name}.extends: the services extend each other (${[...path, step].map((one) => one.slice(one.lastIndexOf('#') + 1)).join(' -> ')}). Take one extends away.`,
    );
  if (!source.services.has(wanted)) {
    const known = [...source.services.keys()].join(', ') || 'none';
    throw mistake(
      baseName.at,
      `services.${name}.extends: there is no service ${JSON.stringify(wanted)} in ${shownPath(source.file, reading.root)}. It has: ${known}.`,
    );
  }
  const base = await completeService(wanted, source, reading, [...path, `${from.file}#${name}`, step]);
  const merged = mergeServices(base, service);
  return { ...merged, entries: new Map([...merged.entries].filter(([key]) => key !== 'extends')) };
}

async function servicesOf(file: string, { lookup }: FileServices, reading: Reading): Promise<FileServices> {
  const documents = await readDocuments(file, lookup, reading);
  const services = documents.flatMap((document) => {
    const found = entryAt(document, 'services')?.node;
    return found?.kind === 'map' ? [...found.entries] : [];
  });
  return { file, folder: dirname(file), services: new Map(services), lookup };
}
