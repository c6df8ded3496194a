import { join } from 'node:path';
import { readText } from './read-text.ts';

export interface Mount {
  /** Such as `ext4`, `overlay`, `virtiofs`, `fuse.grpcfuse`. */
  readonly type: string;
  /** Absolute path. */
  readonly point: string;
  /** What is mounted there. */
  readonly source: string;
}

/** The mount that a folder lies on. */
export function readMountOf(proc: string, folder: string): Mount | undefined {
  const text = readText(join(proc, 'self', 'mountinfo'));
  return text === undefined ? undefined : mountIn(text, folder);
}

/** The same, from the text of `/proc/self/mountinfo`. */
export function mountIn(mountinfo: string, folder: string): Mount | undefined {
  return mountOf(parseMounts(mountinfo), folder);
}

/** From `/proc/self/mountinfo`, in its order: a later mount covers an earlier one at the same place. */
function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [, , , , point] = before?.split(' ') ?? [];
    const [type, source] = after?.split(' ') ?? [];
    if (point === undefined || type === undefined) return [];
    return [{ type, source: unescape(source ?? ''), point: unescape(point) }];
  });
}

function mountOf(mounts: readonly Mount[], folder: string): Mount | undefined {
  const holding = mounts.filter(
    ({ point }) => point === '/' || folder === point || folder.startsWith(`${point}/`),
  );
  const longest = Math.max(...holding.map(({ point }) => point.length));
  const mount = holding.findLast(({ point }) => point.length === longest);
  return mount && { type: mount.type, point: mount.point, source: mount.source };
}

/** The kernel writes spaces, tabs, newlines and backslashes as three octal digits. */
function unescape(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
