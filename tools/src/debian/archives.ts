import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const publicArchive = 'http://deb.debian.org/debian';

/** The mirrors of Debian's archive that apt uses here, the public one last. */
export async function debianArchives(configuration = '/etc/apt'): Promise<string[]> {
  const parts = join(configuration, 'sources.list.d');
  const names = existsSync(parts) ? await readdir(parts) : [];
  const files = [join(configuration, 'sources.list'), ...names.map((name) => join(parts, name))];
  const texts = await Promise.all(
    files
      .filter((file) => /\.(?:list|sources)$/.test(file) && existsSync(file))
      .map((file) => readFile(file, 'utf8')),
  );
  const lines = texts.join('\n').split('\n');
  const used = lines
    .filter((line) => /^(?:deb |URIs:)/.test(line))
    .flatMap((line) => line.match(/https?:\/\/\S+/g) ?? [])
    .map((address) => address.replace(/\/+$/, ''))
    .filter((address) => address.endsWith('/debian'));
  return [...new Set([...used, publicArchive])];
}
