import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface FoundPython {
  readonly path: string;
  readonly minor: number;
}

/** Every CPython from 3.8 on that this machine has: on the path, and those that pyenv keeps; one a version. */
export function findPythons(): FoundPython[] {
  const kept = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const folders = [
    ...(existsSync(kept) ? readdirSync(kept).map((version) => join(kept, version, 'bin')) : []),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  const found = new Map<number, string>();
  for (const folder of folders) {
    for (const path of [
      join(folder, 'python3'),
      ...Array.from({ length: 7 }, (_, index) => join(folder, `python3.${8 + index}`)),
    ]) {
      const minor = existsSync(path) ? minorOf(path) : undefined;
      if (minor !== undefined && minor >= 8 && !found.has(minor)) found.set(minor, path);
    }
  }
  return [...found].map(([minor, path]) => ({ minor, path })).sort((left, right) => left.minor - right.minor);
}

function minorOf(path: string): number | undefined {
  try {
    const answer = execFileSync(path, ['-c', 'import sys; print(*sys.version_info[:2])'], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [major, minor] = answer.trim().split(' ').map(Number);
    return major === 3 ? minor : undefined;
  } catch {
    return undefined;
  }
}
