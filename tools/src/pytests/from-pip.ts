import { execa } from 'execa';
import type { PinnedPackage } from './pinned-packages.ts';
import { lastLine, type Source } from './source.ts';

/** `pip install --target`, from whatever index this machine's pip is set up for. */
export function pipSource(python = 'python3'): Source {
  let problem: string | undefined;
  return {
    name: 'pip',
    async fill(packages: readonly PinnedPackage[], folder: string) {
      // An index that could not be reached once is not waited for again.
      problem ??= await install(python, packages, folder);
      return problem;
    },
  };
}

async function install(
  python: string,
  packages: readonly PinnedPackage[],
  folder: string,
): Promise<string | undefined> {
  const options = ['--no-deps', '--no-compile', '--ignore-requires-python', '--only-binary=:all:'];
  const impatient = ['--retries', '0', '--timeout', '10', '--no-input', '--quiet'];
  const names = packages.map(({ pip }) => pip);
  const result = await execa(
    python,
    ['-m', 'pip', 'install', '--target', folder, ...options, ...impatient, ...names],
    { reject: false, timeout: 120_000, stdin: 'ignore' },
  );
  if (!result.failed) return undefined;
  return lastLine(result.stderr ?? '') || result.shortMessage || 'failed';
}
