import { UsageError } from '../usage-error.ts';

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
