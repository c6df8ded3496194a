import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where what was found out about unchanged files is kept, outside of the project, which may be read-only.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const configured = env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(configured) ? configured : join(homedir(), '.cache'), 'seaworthy', 'imports');
}
