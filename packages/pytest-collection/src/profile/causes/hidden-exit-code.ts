import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import { PHASE_HOOKS } from '../../outcome/phase-hooks.ts';
import { pipeOf } from '../../run/through-pipe.ts';
import { allRuns, type FindCause } from './cause-input.ts';
import { hookPlaces } from './hook-places.ts';

const FAILED: ReadonlySet<CollectionOutcome['kind']> = new Set([
  'killed-for-memory',
  'crashed',
  'vanished',
  'errors',
  'interrupted',
  'plugin-failure',
  'usage-error',
]);

/** The run failed, and whoever asks for its exit code is told that it did not. */
export const hiddenExitCode: FindCause = ({ runs, profile, readSource }) =>
  allRuns(runs)
    .filter(({ exit, outcome }) => exit.code === 0 && FAILED.has(outcome.kind))
    .flatMap((run) => {
      const fix = fixFor(run);
      return fix === undefined ? [] : [{ run, fix }];
    })
    .slice(0, 1)
    .map(({ run: { outcome, recording }, fix }) => {
      const hooks =
        outcome.kind === 'vanished' && outcome.at.path === undefined && outcome.pipe === undefined
          ? hookPlaces(outcome.at.phase, recording, { root: profile.root, readSource })
          : [];
      return {
        id: 'hidden-exit-code',
        message: `the exit code is 0 although the run ended as "${outcome.kind}"`,
        certainty: 'certain',
        evidence: [
          recording.ending === undefined
            ? 'pytest never came to its end'
            : `pytest's own exit status was ${recording.ending.status}`,
          ...hooks.map(
            ({ hook, path, line }) => `${hook} in ${path}:${line} is among the hooks of its last phase`,
          ),
        ],
        fix,
        ...(hooks[0] && { location: { path: hooks[0].path, line: hooks[0].line } }),
      };
    });

/** `undefined` where nothing hides it: a child was killed, say, and pytest had nothing to complain of. */
function fixFor({ command, outcome, recording: { ending } }: CollectionRun): string | undefined {
  if (ending?.status === 0) return fixForStatus(outcome);
  const pipe = pipeOf(command);
  if (pipe !== undefined) {
    return `use \`set -o pipefail\` where pytest is piped into another program (here \`${pipe}\`), and no \`|| true\``;
  }
  if (ending !== undefined) {
    return 'look for what changes the exit code after pytest: an `os._exit` at the exit of Python, or a script that starts the interpreter';
  }
  if (outcome.kind === 'vanished') {
    const hooks = PHASE_HOOKS[outcome.at.phase].map((hook) => `\`${hook}\``);
    const where =
      outcome.at.path !== undefined || outcome.at.importing !== undefined || hooks.length === 0
        ? 'in what was executed last'
        : `in the hooks of its last phase (${hooks.join(', ')})`;
    return `look for \`os._exit(0)\` ${where}: it ends pytest without a word`;
  }
  return 'let the script that starts the interpreter hand on its exit code, and use no `|| true`';
}

/** pytest itself was content, or was told to be. */
function fixForStatus({ kind }: CollectionOutcome): string | undefined {
  if (kind === 'interrupted') return 'give `pytest.exit` a `returncode` other than 0';
  if (kind !== 'errors') return undefined;
  return 'look for a plugin or conftest that sets `session.exitstatus` to 0';
}
