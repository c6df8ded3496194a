import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { EnvironmentVariables } from '../process/run-mark.ts';

const TEXTS = {
  'no-folder': 'there is no folder',
  'no-program': 'no such program',
  'not-executable': 'it may not be executed',
  'system-refuses':
    'it is no program that this system can run, or no more processes or open files are allowed',
} as const;

export type NotStartedReason = keyof typeof TEXTS;

/** A program could not be started. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
  readonly reason: NotStartedReason;

  /** Finds out why by looking: Node says it only in a later event. */
  constructor(command: string, cwd: string | undefined, env: EnvironmentVariables) {
    const reason = whyNotStarted(command, cwd, env);
    super(`Could not start ${command}: ${TEXTS[reason]}${reason === 'no-folder' ? ` ${cwd}` : ''}`);
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
