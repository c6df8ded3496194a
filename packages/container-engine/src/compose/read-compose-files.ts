import { dirname, resolve } from 'node:path';
import type { ComposeProject, ComposeResource, ComposeService, ComposeWarning } from './compose-project.ts';
import { loadModel, withEnvironmentFiles } from './files/load-model.ts';
import type { Model } from './files/load-model.ts';
import { normaliseProjectName, projectNameOf } from './project-name.ts';
import { readService } from './service/read-service.ts';
import type { Lookup } from './tree/interpolate.ts';
import { entryAt } from './tree/node.ts';
import type { MapEntry } from './tree/node.ts';
import { mistake, shownPlace } from './values/mistake.ts';

export interface ComposeOptions {
  /** Variables for the files; those of `.env` beside the first file come after them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that locations are relative to; that of the first file by default. */
  readonly root?: string;
  /** Texts that are read in the place of files, by absolute path. */
  readonly texts?: Readonly<Record<string, string>>;
}

/**
 * Reads compose files as `docker compose` does: variables filled in, `include` and `extends` followed, later files on top of
 * earlier ones. Needs no engine.
 *
 * @param files absolute paths in the order in which they apply (see {@link findComposeFiles}), at least one.
 * @throws UsageError `BAD_COMPOSE_FILE` with file, line and column for bad syntax, values of the wrong type and services that
 *   are not there; `NO_COMPOSE_FILE` for a file that cannot be read.
 */
export async function readComposeFiles(
  files: readonly string[],
  { env, root, texts = {} }: ComposeOptions,
): Promise<ComposeProject> {
  const [first] = files;
  if (first === undefined) throw new TypeError('Expected at least one compose file, got none');
  const folder = dirname(first);
  const warnings = new Map<string, ComposeWarning>();
  const warn = (warning: ComposeWarning): void => {
    warnings.set(`${shownPlace(warning.location)} ${warning.message}`, warning);
  };
  const reading = { root: root ?? folder, env, files: new Set<string>(), texts, warn };
  const lookup = await withEnvironmentFiles([resolve(folder, '.env')], (name) => env[name]);
  const model = await loadModel(files, folder, lookup, reading);
  const activeProfiles = (lookup('COMPOSE_PROFILES') ?? '').split(',').filter((name) => name !== '');
  const services: ComposeService[] = [];
  for (const [name, entry] of model.services) {
    if (!/^[a-zA-Z0-9._-]+$/.test(name))
      throw mistake(
        entry.keyAt,
        `${JSON.stringify(name)} is no name for a service. Use letters, digits, ".", "_" and "-".`,
      );
    services.push(await readService(name, entry, { lookup, activeProfiles, warn }));
  }
  checkReferences(services, model);
  return {
    ...projectName(model, lookup, folder),
    folder,
    files: [...reading.files],
    services,
    networks: [...model.networks].map(([name, entry]) => resourceOf(name, entry)),
    volumes: [...model.volumes].map(([name, entry]) => resourceOf(name, entry)),
    warnings: [...warnings.values()],
  };
}

function projectName(
  { name }: Model,
  lookup: Lookup,
  folder: string,
): Pick<ComposeProject, 'name' | 'nameFrom'> {
  const given = normaliseProjectName(lookup('COMPOSE_PROJECT_NAME') ?? '');
  if (given !== '') return { name: given, nameFrom: 'COMPOSE_PROJECT_NAME' };
  if (name?.node.kind === 'scalar') {
    const text = String(name.node.value);
    if (normaliseProjectName(text) !== text)
      throw mistake(
        name.node.at,
        `name: ${JSON.stringify(text)} is no name for a project. Use small letters, digits, "_" and "-", with a letter or digit in front.`,
      );
    return { name: text, nameFrom: 'file' };
  }
  return { name: projectNameOf(folder), nameFrom: 'folder' };
}

function resourceOf(name: string, { keyAt, node }: MapEntry): ComposeResource {
  const text = (key: string): string | undefined => {
    const found = entryAt(node, key)?.node;
    return found?.kind === 'scalar' ? String(found.value) : undefined;
  };
  const external = entryAt(node, 'external')?.node;
  const engineName = text('name');
  const driver = text('driver');
  return {
    name,
    at: keyAt,
    external: external !== undefined && text('external') !== 'false',
    ...(engineName === undefined ? {} : { engineName }),
    ...(driver === undefined ? {} : { driver }),
    ...(text('internal') === 'true' ? { internal: true } : {}),
  };
}

/** Services and networks that are named must be there, as Compose demands. */
function checkReferences(services: readonly ComposeService[], { networks }: Model): void {
  const names = services.map(({ name }) => name);
  for (const service of services) {
    for (const dependency of service.dependsOn)
      if (!names.includes(dependency.service))
        throw mistake(
          dependency.at,
          `services.${service.name}.depends_on: there is no service ${JSON.stringify(dependency.service)}. The project has: ${names.join(', ')}.`,
        );
    for (const { name, at } of service.networks)
      if (name !== 'default' && !networks.has(name))
        throw mistake(
          at,
          `services.${service.name}.networks: there is no network ${JSON.stringify(name)}. Add it to "networks" at the top level.`,
        );
  }
}
