import type { PinnedPackage } from './pinned-packages.ts';

/** One way to get packages. Fills `folder` so that it can be put on PYTHONPATH, or says in one line why it cannot. */
export interface Source {
  readonly name: string;
  fill(packages: readonly PinnedPackage[], folder: string): Promise<string | undefined>;
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
