import { basename } from 'node:path/posix';
import type { InitProcess } from './init-process.ts';

export interface DeclaredStart {
  /** Entry point and command of the container, as the project declares them. */
  readonly command: readonly string[];
  /** `init: true`: process 1 is a small program of the engine, which passes signals on. */
  readonly init: boolean;
}

const SHELLS = /^(?:sh|bash|dash|ash)$/;
const PYTHON_PROGRAMS = /^(?:python[0-9.]*|pytest|py\.test|tox|nox|coverage|seaworthy)$/;

/**
 * What becomes process 1 of a container, where its command alone says what that does about signals: Python handles SIGINT and
 * not SIGTERM, a shell that goes on living neither. `undefined` for the engine's init program and for all other programs,
 * of which nobody knows it.
 */
export function declaredInit({ command, init }: DeclaredStart): InitProcess | undefined {
  const name = basename(command[0] ?? '');
  const process = { command: command.join(' '), handlesTerm: false, declared: true } as const;
  if (init) return undefined;
  if (PYTHON_PROGRAMS.test(name)) return { ...process, handlesInterrupt: true };
  const script = SHELLS.test(name) && /^-\w*c$/.test(command[1] ?? '') ? command[2] : undefined;
  if (script === undefined || /\btrap\b/.test(script)) return undefined;
  // Shells run the last command in their own place where it is the only one, or where they are told to.
  const last =
    /^\s*(?:exec\s+)?([^\s;&|<>()`$]+)[^;&|\n]*$/.exec(script) ?? /\bexec\s+(\S+)[^;&|\n]*$/.exec(script);
  if (last === null) return { ...process, handlesInterrupt: false };
  return PYTHON_PROGRAMS.test(basename(last[1] ?? '')) ? { ...process, handlesInterrupt: true } : undefined;
}
