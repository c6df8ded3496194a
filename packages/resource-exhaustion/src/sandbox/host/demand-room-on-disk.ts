import { statfsSync } from 'node:fs';
import { UsageError } from '@seaworthy/scenario';
import { bytesAsText } from '../../safety/bytes-as-text.ts';

/**
 * Refuses a disk folder on a disk that others use, where victims could take more than half of what is free on it.
 *
 * @throws UsageError
 */
export function demandRoomOnDisk(folder: string, bytes: number): void {
  const { bsize, bavail } = statfsSync(folder);
  const free = bsize * bavail;
  if (bytes <= free / 2) return;
  throw new UsageError(
    'SANDBOX_TOO_LARGE',
    `A sandbox whose files may take ${bytesAsText(bytes)} is more than the disk of ${folder} can spare: ${bytesAsText(free)} are free there, half of which may be taken. Ask for a smaller disk, or set TMPDIR to a folder with more room.`,
  );
}
