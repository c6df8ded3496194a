import { allRuns, type FindCause } from './cause-input.ts';

const FAILED = new Set([
  'killed-for-memory',
  'crashed',
  'vanished',
  'errors',
  'interrupted',
  'plugin-failure',
  'usage-error',
]);

/** The run failed, and whoever asks for its exit code is told that it did not. */
export const hiddenExitCode: FindCause = ({ runs }) =>
  allRuns(runs)
    .filter(({ exit, outcome }) => exit.code === 0 && FAILED.has(outcome.kind))
    .slice(0, 1)
    .map(({ outcome, recording }) => ({
      id: 'hidden-exit-code',
      message: `the exit code is 0 although the run ended as "${outcome.kind}"`,
      certainty: 'certain',
      evidence: [
        recording.ending === undefined
          ? 'pytest never came to its end'
          : `pytest's own exit status was ${recording.ending.status}`,
      ],
      fix:
        outcome.kind === 'vanished'
          ? 'look for `os._exit(0)` in what was executed last: it ends pytest without a word'
          : 'use `set -o pipefail` where pytest is piped into another program, and no `|| true`',
    }));
