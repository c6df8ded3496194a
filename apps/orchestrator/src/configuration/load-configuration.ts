import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '@seaworthy/scenario';
import type { Configuration } from './configuration.ts';
import { findConfiguration } from './find-configuration.ts';
import { locateKey } from './locate-key.ts';

export interface LoadedConfiguration {
  readonly values: Configuration;
  /** Absolute path; absent where the project has none. */
  readonly file?: string;
  /** Absolute folder that the paths in it are relative to. */
  readonly folder: string;
  /** `file:line` of a key, as a reader in `cwd` opens it. */
  place(path: readonly string[]): string;
}

/**
 * Finds, loads and checks the configuration of a project. A file that is code is executed, with Node's own support for
 * TypeScript.
 *
 * @param chosen the file that `--config` names.
 * @throws UsageError `NO_CONFIGURATION`, `BAD_CONFIGURATION`
 */
export async function loadConfiguration(
  project: string,
  cwd: string,
  chosen?: string,
): Promise<LoadedConfiguration> {
  const file = chosen === undefined ? await findConfiguration(project) : resolve(cwd, chosen);
  if (file === undefined) return { values: {}, folder: project, place: () => 'default' };
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `Cannot read the configuration ${JSON.stringify(file)}: ${(cause as Error).message}.`;
    throw new UsageError('NO_CONFIGURATION', message, { cause });
  });
  const inManifest = basename(file) === 'package.json';
  const shown = relative(cwd, file) || file;
  const place = (path: readonly string[]): string => {
    const line = locateKey(source, inManifest ? ['seaworthy', ...path] : path);
    return line === undefined ? shown : `${shown}:${String(line)}`;
  };
  const value = extname(file) === '.json' ? readJson(source, shown, inManifest) : await execute(file, shown);
  const { checkConfiguration } = await import('./check-configuration.ts');
  return { values: checkConfiguration(value, place), file, folder: dirname(file), place };
}

function readJson(source: string, shown: string, inManifest: boolean): unknown {
  try {
    const data: unknown = JSON.parse(source);
    return inManifest ? (data as { seaworthy?: unknown }).seaworthy : data;
  } catch (cause) {
    throw new UsageError('BAD_CONFIGURATION', `${shown} is no JSON: ${(cause as Error).message}.`, { cause });
  }
}

async function execute(file: string, shown: string): Promise<unknown> {
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const hint =
      code === 'ERR_MODULE_NOT_FOUND' && message.includes("'seaworthy'")
        ? ' defineConfig needs seaworthy in the project (npm install --save-dev seaworthy); without it, export the plain object.'
        : '';
    const line = lineOf(cause as Error, file);
    const place = line === undefined ? shown : `${shown}:${line}`;
    throw new UsageError('BAD_CONFIGURATION', `Cannot load ${place}: ${message}.${hint}`, { cause });
  }
  if (loaded.default === undefined) {
    throw new UsageError(
      'BAD_CONFIGURATION',
      `${shown} has no default export. Write: export default defineConfig({ … })`,
    );
  }
  return loaded.default;
}

/** Node tells the line of an error in a loaded file in its stack only, as a path or as a URL; of some it tells none. */
function lineOf(error: Error, file: string): string | undefined {
  for (const name of [file, pathToFileURL(file).href]) {
    const [, after] = (error.stack ?? '').split(`${name}:`, 2);
    const line = /^\d+/.exec(after ?? '')?.[0];
    if (line !== undefined) return line;
  }
  return undefined;
}
