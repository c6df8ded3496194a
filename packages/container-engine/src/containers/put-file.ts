import { posix } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { EngineApi } from '../connection/engine-api.ts';
import { tarOf } from './tar.ts';

/**
 * Puts one file into a container, owned by its root; folders on the way must be there.
 *
 * @throws UsageError where the path is not absolute.
 * @throws EngineError where there is no such folder, or the root is read-only.
 */
export async function putFile(
  api: EngineApi,
  containerId: string,
  path: string,
  content: string | Uint8Array,
  mode: number,
): Promise<void> {
  if (!posix.isAbsolute(path) || path.endsWith('/')) {
    throw new UsageError(
      'IMPOSSIBLE_PATH',
      `Cannot put a file to ${path} of a container: expected the absolute path of a file`,
    );
  }
  const { dir, base } = posix.parse(posix.normalize(path));
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await api.text('PUT', `/containers/${containerId}/archive`, {
    query: { path: dir, noOverwriteDirNonDir: true },
    body: tarOf(base, bytes, mode),
  });
}
