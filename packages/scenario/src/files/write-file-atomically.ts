import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite } from './cannot-write.ts';
import { placeOfFile } from './place-of-file.ts';

/**
 * Writes a whole file or nothing: into a new file beside it, which takes its place, with its permissions, when all of it
 * has reached the disk. Folders above it are made. What is no regular file (a pipe, a terminal, a device) is written to as
 * it stands, since it must not be replaced; a symbolic link keeps pointing where it points, also where nothing is yet.
 *
 * @throws UsageError `CANNOT_WRITE` that says why, such as a full disk or a read-only folder.
 */
export async function writeFileAtomically(file: string, content: string): Promise<void> {
  try {
    const { path, present } = await placeOfFile(file);
    if (present !== undefined && !present.isFile() && !present.isDirectory()) {
      await using stream = await open(path, 'w');
      await stream.writeFile(content);
      return;
    }
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${randomUUID()}.tmp`;
    try {
      await writeDraft(draft, content, present);
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

/**
 * Makes sure that {@link writeFileAtomically} will be able to write a file, before what is to go into it is known. Leaves
 * what is there as it is, but makes the folders above it.
 *
 * @throws UsageError `CANNOT_WRITE`
 */
export async function demandWritable(file: string): Promise<void> {
  try {
    const { path, present } = await placeOfFile(file);
    if (present?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    if (present?.isFile() === false) return;
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${randomUUID()}.tmp`;
    try {
      await (await open(draft, 'wx')).close();
    } finally {
      await rm(draft, { force: true });
    }
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

async function writeDraft(path: string, content: string, replaced: Stats | undefined): Promise<void> {
  await using draft = await open(path, 'wx', replaced?.mode ?? 0o666);
  if (replaced !== undefined) await takeOver(draft, replaced);
  await draft.writeFile(content);
  // A disk can report that it is full as late as here.
  await draft.sync();
}

/** The umask is for new files. Whom the file belongs to matters where root, as in a container, replaces a user's file. */
async function takeOver(draft: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await draft.stat();
  if (own.uid !== uid || own.gid !== gid) {
    await draft.chown(uid, gid).catch(() => {
      // Only root may give files away; the content is what was asked for.
    });
  }
  // Some file systems know no permissions.
  await draft.chmod(mode & 0o7777).catch(() => {});
}
