import type { FindingCatalogue } from '@seaworthy/scenario';

/** What limits/disk can find. */
export const limitsDiskFindings = {
  LIM030: {
    title: 'full place without a clear error',
    meaning:
      'A place of limited size was written to until it was full, and the program was not told so with ENOSPC: it got another error, or none before much more than the size was written. Programs that wait for "No space left on device" then go on as if all were well.',
    causes: [
      'Another limit comes first: a quota (EDQUOT), the largest file (EFBIG, SIGXFSZ), the memory limit, since tmpfs is memory (the process is killed).',
      'The file system compresses, or shares blocks, so that more fits than it has.',
    ],
    fixes: [
      'Give the place a size below the memory that is left: `tmpfs: ["/tmp:size=64m"]` in the compose file together with `mem_limit: 512m`, or `docker run --tmpfs /tmp:size=64m`.',
    ],
  },
  LIM031: {
    title: 'place that is full on paper only',
    meaning:
      'The program was refused, or said that it had written, and the file system has hardly less free than before: blocks were only reserved, or a length was set. Such pressure tests nothing: `fallocate`, `truncate` and sparse files take no space of a tmpfs.',
    causes: [
      '`fallocate` beyond the size: ENOSPC with not a single block taken.',
      '`truncate`, or seeking past the end: a sparse file.',
    ],
    fixes: [
      'Write real bytes, and flush them: `dd if=/dev/urandom`, `file.write(os.urandom(n)); os.fsync(file.fileno())`.',
    ],
  },
  LIM032: {
    title: 'existing file damaged by a full place',
    meaning:
      'A file that was there before, complete and closed, has another content after the place was full. A full disk may refuse what is new; it must never harm what is old.',
    causes: [
      'A file that is written in place: opening with "w" empties it, and then nothing more fits.',
      'A database or cache without a journal.',
    ],
    fixes: [
      'Write to a new file, flush, then rename over the old one (`os.replace`).',
      'Keep what must survive on another volume than temporary files.',
    ],
  },
  LIM033: {
    title: 'space that does not come back',
    meaning:
      'The files were removed, and the free space is not what it was before. The next test finds the place full, and `du` shows nothing that takes it.',
    causes: [
      'A file that is deleted and still open: its blocks are free only when the last process closes it (log rotation, temporary files of a worker that lives on).',
      'Files that are left somewhere else in the same place.',
    ],
    fixes: [
      'Find who holds it: `ls -l /proc/*/fd | grep deleted` in the container, or `lsof +L1`.',
      'Close before you delete; tell the program to open its log anew after a rotation; restart it if it cannot.',
    ],
  },
  LIM034: {
    title: 'no writing after space was freed',
    meaning:
      'The place had been full and was emptied, and a small file still cannot be written. Being full once has broken it until a restart.',
    causes: [
      'The space is not free in truth (see LIM033), or the inodes are used up.',
      'The file system went read-only on an error.',
    ],
    fixes: [
      '`df` and `df -i` in the container; then see LIM033. Otherwise remove the volume and make it anew.',
    ],
  },
} as const satisfies FindingCatalogue;
