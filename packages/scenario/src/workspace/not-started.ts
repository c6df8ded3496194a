import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { EnvironmentVariables } from '../process/run-mark.ts';

const TEXTS = {
  'no-folder': 'there is no folder',
  'no-program': 'no such program',
  'not-executable': 'it may not be executed',
  'too-long': 'its arguments and environment are longer than this system allows',
  'system-refuses':
    'it is no program that this system can run, or no more processes, open files or memory are allowed',
} as const;

export type NotStartedReason = keyof typeof TEXTS;

/** A program could not be started. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
  readonly reason: NotStartedReason;

  /**
   * Finds out why by looking: Node mostly says it only in a later event.
   *
   * @param cause what Node threw at once.
   */
  constructor(command: string, cwd: string | undefined, env: EnvironmentVariables, cause?: Error) {
    const isTooLong = (cause as NodeJS.ErrnoException | undefined)?.code === 'E2BIG';
    const reason = isTooLong ? 'too-long' : whyNotStarted(command, cwd, env);
    super(
      `Could not start ${command}: ${TEXTS[reason]}${reason === 'no-folder' ? ` ${cwd}` : ''}`,
      cause === undefined ? {} : { cause },
    );
    this.reason = reason;
  }
}

function whyNotStarted(
  command: string,
  cwd: string | undefined,
  env: EnvironmentVariables,
): NotStartedReason {
  if (cwd !== undefined && !existsSync(cwd)) return 'no-folder';
  const places = command.includes('/')
    ? [resolve(cwd ?? '', command)]
    : (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, command));
  const present = places.filter((place) => existsSync(place));
  if (present.length === 0) return 'no-program';
  return present.some(isExecutable) ? 'system-refuses' : 'not-executable';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
