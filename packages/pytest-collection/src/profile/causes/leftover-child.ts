import { allRuns, type FindCause } from './cause-input.ts';

/** Processes that collection started and left behind. They survive pytest, and hold its pipes and memory. */
export const leftoverChild: FindCause = ({ runs }) => {
  for (const run of allRuns(runs).toReversed()) {
    const commands = [
      ...new Set([
        ...run.leftBehind,
        ...(run.recording.leftovers?.children ?? []).map(({ command }) => command),
      ]),
    ];
    if (commands.length === 0) continue;
    return [
      {
        id: 'leftover-child',
        message: `collection leaves ${commands.length === 1 ? 'a process' : `${commands.length} processes`} behind: ${commands.slice(0, 3).join('; ')}`,
        certainty: 'certain',
        evidence: commands.slice(0, 5),
        fix: 'start it in a fixture that ends it, not while a module is imported',
      },
    ];
  }
  return [];
};
