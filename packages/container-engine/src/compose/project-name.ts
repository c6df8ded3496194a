import { basename } from 'node:path';

/**
 * A project's name as Compose makes it of any text: small letters, digits, `_` and `-`, beginning with a letter or digit. Empty
 * where nothing is left.
 *
 * @see https://github.com/compose-spec/compose-go/blob/v2.4.7/loader/loader.go NormalizeProjectName
 */
export function normaliseProjectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

/** Name of a project that is called after its folder. */
export function projectNameOf(folder: string): string {
  return normaliseProjectName(basename(folder));
}

/** What `docker compose build` calls the image of a service that names none. */
export function builtImageName(project: string, service: string): string {
  return `${project}-${service}`;
}
