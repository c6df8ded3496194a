import { formatDuration } from '../../formats/quantity.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWorthTelling } from './worth-telling.ts';

/** File systems that ask someone else for every file: another machine, or the other side of a virtual one. */
const REMOTE = /^(?:9p|virtiofs|vboxsf|prl_fs|drvfs|fakeowner|nfs4?|cifs|smb3?|fuse(?:\..+|blk)?|vmhgfs.*)$/;
/** A local file system takes a few microseconds. */
const SLOW_US = 50;
/** What Python's importer and pytest look at for each file, roughly. */
const LOOKS = 20;

/** The project lies on a file system on which every look at a file takes long. */
export const slowFileSystem: FindCause = ({ profile, runs, machine }) => {
  const run = detailRun(runs);
  const us = machine?.statMicroseconds;
  if (run === undefined || us === undefined || us < SLOW_US) return [];
  const looks = run.recording.collectors.filter(({ path }) => path !== undefined).length * LOOKS;
  const estimate = (looks * us) / 1000;
  if (!isWorthTelling(estimate, run)) return [];
  const mount = machine?.mount;
  const remote = mount !== undefined && REMOTE.test(mount.type);
  return [
    {
      id: 'slow-file-system',
      message: `one look at a file of ${profile.root} takes ${Math.round(us)} microseconds${mount === undefined ? '' : ` (${mount.type} mounted at ${mount.point})`}, about ${formatDuration(estimate)} of ${formatDuration(run.wallMs)} in all`,
      certainty: 'likely',
      savesMs: estimate,
      evidence: [
        `median of the first look at some of its files: ${Math.round(us)} microseconds; a local file system takes less than 10`,
        ...(remote ? [`${mount.type} asks another machine, or the host, for every file`] : []),
      ],
      fix: remote
        ? 'copy the sources into the image or keep them in a volume instead of a bind mount'
        : 'keep the sources on a local disk or in a volume',
    },
  ];
};
