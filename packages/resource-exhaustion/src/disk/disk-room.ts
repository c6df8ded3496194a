import { UsageError } from '@seaworthy/scenario';
import type { DiskRequest } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import { bytesAsText } from '../safety/bytes-as-text.ts';

/** Unless the request says otherwise. */
const MOST_BYTES = 1e9;
/** The place may be a little larger than declared (whole blocks), but no other file system. */
const SAME_SIZE = 1.1;
/** What is not limited on its own is never filled: so much more than declared shows it. */
const CLEARLY_TOO_MUCH = 1.05;

/** How much a victim may write. */
export interface DiskRoom {
  /** The place is limited on its own, not a folder of a large file system. */
  readonly isLimited: boolean;
  readonly bytes: number;
}

/** @throws UsageError where the share would be more than is written without being told to. */
export function diskRoom(
  { share, mostBytes }: Pick<DiskRequest, 'share' | 'mostBytes'>,
  { declared }: Pick<Sandbox, 'declared'>,
  { sizeBytes, freeBytes }: { readonly sizeBytes: number; readonly freeBytes: number },
): DiskRoom {
  const isLimited = sizeBytes <= declared.diskBytes * SAME_SIZE;
  const size = isLimited ? sizeBytes : declared.diskBytes;
  const used = isLimited ? sizeBytes - freeBytes : 0;
  const wanted = share === 'untilFull' ? size * CLEARLY_TOO_MUCH : size * share - used;
  const needed = Math.min(wanted, freeBytes);
  if (isLimited && mostBytes === undefined && needed > MOST_BYTES) {
    // Less would end before the limit, which then would seem to stop nobody.
    throw new UsageError(
      'DISK_REQUEST',
      `To fill this place ${bytesAsText(needed)} would be written, and at most ${bytesAsText(MOST_BYTES)} are without being told to. Ask for a smaller share or a smaller place, or set mostBytes.`,
    );
  }
  return { isLimited, bytes: Math.round(Math.max(0, Math.min(wanted, mostBytes ?? MOST_BYTES))) };
}
