import { shownProcess } from '../../outcome/shown-process.ts';
import { allRuns, type FindCause } from './cause-input.ts';

/** Processes that collection started and left behind. They survive pytest, and hold its pipes and memory. */
export const leftoverChild: FindCause = ({ runs }) => {
  for (const run of allRuns(runs).toReversed()) {
    const { leftBehind, recording } = run;
    const children = recording.leftovers?.children ?? [];
    const commands = [
      ...new Set([...leftBehind, ...children.map(({ command }) => command)].map(shownProcess)),
    ];
    if (commands.length === 0) continue;
    const count = Math.max(leftBehind.length, children.length, commands.length);
    return [
      {
        id: 'leftover-child',
        message: `collection leaves ${count === 1 ? 'a process' : `${count} processes`} behind: ${commands.slice(0, 3).join('; ')}`,
        certainty: 'certain',
        evidence: commands.slice(0, 5),
        fix: 'start it in a fixture that ends it, not while a module is imported',
      },
    ];
  }
  return [];
};
