import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { debianArchives } from '../../src/debian/archives.ts';

it('reads the mirrors of Debian’s archive in both forms that apt knows, the public one last', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-apt-'));
  try {
    mkdirSync(join(folder, 'sources.list.d'));
    writeFileSync(
      join(folder, 'sources.list'),
      '# deb http://old/debian bookworm main\ndeb [arch=amd64] https://mirror/debian/ bookworm main\n',
    );
    writeFileSync(
      join(folder, 'sources.list.d/debian.sources'),
      'Types: deb\nURIs: http://other/debian http://other/debian-security\nSuites: bookworm\n',
    );
    writeFileSync(join(folder, 'sources.list.d/other.list.save'), 'deb http://saved/debian bookworm main\n');
    expect(await debianArchives(folder)).toEqual([
      'https://mirror/debian',
      'http://other/debian',
      'http://deb.debian.org/debian',
    ]);
    expect(await debianArchives(join(folder, 'none'))).toEqual(['http://deb.debian.org/debian']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
