import { UsageError } from '@seaworthy/scenario';
import { askProgram } from '../../programs/ask-program.ts';
import type { Asking } from '../../programs/ask-program.ts';

/** What the user's own git commands start beside them: hooks when an index is written, and a monitor of the files. */
const NOTHING_STARTED = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];

/** Long enough for a large tree on a slow disk. */
const TIMEOUT_MS = 300_000;

export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  /** What git said was wrong. */
  readonly problem: string;
}

/**
 * Asks git something in a folder, without the user's hooks.
 *
 * @throws UsageError `NO_GIT`
 */
export async function askGit(cwd: string, args: readonly string[], asking: Asking): Promise<GitAnswer> {
  const { exitCode, notStarted, stdout, stderr, summary } = await askProgram(
    'git',
    [...NOTHING_STARTED, ...args],
    {
      ...asking,
      // No pager, no question, and messages that do not depend on the user's language.
      env: { ...asking.env, GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', LC_ALL: 'C' },
      cwd,
      timeoutMs: TIMEOUT_MS,
    },
  );
  if (notStarted !== undefined)
    throw new UsageError(
      'NO_GIT',
      `Comparing with a revision needs git, which cannot be started: ${summary}.`,
    );
  const said =
    stderr
      .trim()
      .split('\n')[0]
      ?.replace(/^(?:fatal|error): /, '') ?? '';
  return { ok: exitCode === 0, stdout: stdout.replace(/\n$/, ''), problem: said === '' ? summary : said };
}
