import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { ComposeWarning } from '../compose-project.ts';
import { interpolateTree } from '../tree/interpolate-tree.ts';
import type { Lookup } from '../tree/interpolate.ts';
import type { MapNode } from '../tree/node.ts';
import { parseYaml } from '../tree/parse-yaml.ts';
import { mistake } from '../values/mistake.ts';

/** What is the same for every file of a project. */
export interface Reading {
  /** Absolute: locations are relative to it. */
  readonly root: string;
  /** Variables of the environment: they win over those of every `.env` file. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of all files that were read, in that order. */
  readonly files: Set<string>;
  /** What is read in the place of files, by absolute path. */
  readonly texts: Readonly<Record<string, string>>;
  warn(warning: ComposeWarning): void;
}

/** Largest compose file that is read: none that a person wrote is a thousandth of it. */
const LARGEST_FILE = 10_000_000;

/**
 * The documents of a compose file, with variables filled in.
 *
 * @throws UsageError `NO_COMPOSE_FILE`, `BAD_COMPOSE_FILE`
 */
export async function readDocuments(
  file: string,
  lookup: Lookup,
  reading: Reading,
): Promise<readonly MapNode[]> {
  const path = shownPath(file, reading.root);
  const text = reading.texts[file] ?? (await readText(file, path));

  const start = { path, line: 1, column: 1 };
  if (text.length > LARGEST_FILE)
    throw mistake(start, 'this file is too large for a compose file. Name the right one.');
  reading.files.add(file);
  const documents = parseYaml(text, path);
  if (documents.length === 0)
    throw mistake(start, 'the file is empty. Write "services:" and what belongs below it.');
  return documents.map((document) => {
    if (document.kind !== 'map')
      throw mistake(document.at, 'expected a mapping with the key "services" at the top of the file.');
    return interpolateTree(document, lookup, (warning) => reading.warn(warning)) as MapNode;
  });
}

async function readText(file: string, path: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(
      'NO_COMPOSE_FILE',
      `Cannot read the compose file ${JSON.stringify(path)}: ${(cause as Error).message}. Name one that is there, or none.`,
      { cause },
    );
  });
}

/** Relative to the project where it lies inside, with forward slashes. */
export function shownPath(file: string, root: string): string {
  const inside = relative(root, file);
  return inside.startsWith('..') || inside === '' ? file : inside.split(sep).join('/');
}

export function besideFile(file: string, path: string): string {
  return resolve(dirname(file), path);
}
