import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '@seaworthy/scenario';

/**
 * Writes a whole file or nothing: into a new file beside it, which takes its place when all of it has reached the disk.
 * Folders above it are made. What is no regular file (a pipe, `/dev/stdout`) is written to as it stands, since it must
 * not be replaced; a symbolic link keeps pointing where it points.
 *
 * @throws UsageError `CANNOT_WRITE` that says why, such as a full disk or a read-only folder.
 */
export async function writeFileAtomically(file: string, content: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const present: Stats | undefined = await stat(target).catch(() => undefined);
    if (present !== undefined && !present.isFile() && !present.isDirectory()) {
      await writeInto(target, 'w', content);
      return;
    }
    await mkdir(dirname(target), { recursive: true });
    const draft = `${target}.${randomUUID()}.tmp`;
    try {
      await writeInto(draft, 'wx', content, present?.mode);
      await rename(draft, target);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

async function writeInto(path: string, flags: string, content: string, mode?: number): Promise<void> {
  const handle = await open(path, flags, mode ?? 0o666);
  try {
    await handle.writeFile(content);
    // A disk can report that it is full as late as here. Pipes and devices cannot be synchronised.
    if (flags === 'wx') await handle.sync();
  } finally {
    await handle.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space, or name a file on another disk',
  EDQUOT: 'your quota on that disk is used up. Free some space, or name a file on another disk',
  EROFS: 'that file system is read-only. Name a file in a folder that can be written to',
  EACCES: 'permission is denied. Name a file in a folder that you may write to',
  EPERM: 'permission is denied. Name a file in a folder that you may write to',
  EISDIR: 'it is a folder. Name a file in it',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a part of its path is a file, not a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its path goes round in circles through symbolic links',
};

/** What a failed write means to the one who asked for it. `cause` is the error of the file system. */
export function cannotWrite(file: string, cause: unknown): UsageError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = REASONS[code] ?? String((cause as Error).message);
  return new UsageError('CANNOT_WRITE', `Cannot write ${JSON.stringify(file)}: ${reason}.`, { cause });
}
