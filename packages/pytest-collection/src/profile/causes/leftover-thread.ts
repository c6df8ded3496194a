import { formatDuration } from '../../formats/quantity.ts';
import { allRuns, type FindCause } from './cause-input.ts';

/** Threads that were started while modules were imported and keep the process alive after pytest is done. */
export const leftoverThread: FindCause = ({ runs }) => {
  const run = allRuns(runs).findLast(({ recording }) => recording.leftovers !== undefined);
  const threads = (run?.recording.leftovers?.threads ?? []).filter(({ daemon }) => !daemon);
  if (run === undefined || threads.length === 0) return [];
  const exit = run.recording.phases.find(({ name }) => name === 'exit');
  const waits =
    exit === undefined || exit.wallMs < 100
      ? ''
      : `; Python waits ${formatDuration(exit.wallMs)} for them before it exits`;
  return [
    {
      id: 'leftover-thread',
      message: `collection leaves ${threads.length === 1 ? 'a thread' : `${threads.length} threads`} that no one ends: ${threads
        .slice(0, 3)
        .map(({ name }) => name)
        .join(', ')}${waits}`,
      certainty: 'certain',
      ...(exit !== undefined && waits !== '' && { savesMs: exit.wallMs }),
      evidence: threads.slice(0, 5).map(({ name }) => `${name}: not a daemon`),
      fix: 'start it in a fixture that joins it, or with daemon=True',
    },
  ];
};
