import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { PinnedPackage } from './pinned-packages.ts';
import type { Source } from './source.ts';

// Copies the first package in its major version, and whatever versions of the others are installed beside it.
const copy = String.raw`
import os, shutil, sys
from importlib import metadata
folder, major, names = sys.argv[1], sys.argv[2], sys.argv[3:]
if metadata.version(names[0]).split('.')[0] != major:
    sys.exit(3)
for name in names:
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        continue
    for file in distribution.files or ():
        if '..' in file.parts or '__pycache__' in file.parts:
            continue
        target = os.path.join(folder, str(file))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(str(file.locate()), target)
`;

/** What an interpreter of this machine has installed: the last resort, since its versions are not the pinned ones. */
export function interpreterSource(): Source {
  return {
    name: 'installed packages',
    async fill(packages: readonly PinnedPackage[], folder: string) {
      const [first, ...others] = packages.map(({ pip }) => pip.split('=='));
      const major = first?.[1]?.split('.')[0] ?? '';
      const names = [first, ...others].map((parts) => parts?.[0] ?? '');
      for (const python of await interpreters()) {
        const { failed } = await execa(python, ['-c', copy, folder, major, ...names], {
          reject: false,
          timeout: 60_000,
        });
        if (!failed) return undefined;
      }
      return `no interpreter here has ${names[0] ?? ''} ${major}`;
    },
  };
}

async function interpreters(): Promise<string[]> {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? await readdir(pyenv) : [];
  const folders = [
    ...versions.map((version) => join(pyenv, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.map((folder) => join(folder, 'python3')).filter((file) => existsSync(file));
}
