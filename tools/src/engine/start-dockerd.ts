import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { nameOfEndpoint, type EngineEndpoint } from '@seaworthy/scenario';
import { isListening } from './is-listening.ts';
import { tryEngine } from './try-engine.ts';

export interface DockerdStart {
  /** The daemon's executable. */
  readonly program: string;
  readonly arguments?: readonly string[];
  /** Where it will answer. */
  readonly endpoint: EngineEndpoint;
  /** Receives all that it prints; its last lines are a part of every error. */
  readonly logFile: string;
  /** So long it may take to answer, ms. */
  readonly timeoutMs?: number;
  /** A daemon that is told to end may take so long for it, ms; then it is killed. */
  readonly patienceMs?: number;
}

export interface StartedDockerd {
  readonly engine: ContainerEngine;
  readonly pid: number;
}

/**
 * Starts Docker's daemon in a session of its own, in which it outlives us, and waits until it answers.
 *
 * @throws Error with the last lines of the log, when it ends, has not answered in time, or another daemon answers in its
 *   place; then it does not run any more.
 */
export async function startDockerd(start: DockerdStart): Promise<StartedDockerd> {
  const { program, endpoint, logFile, timeoutMs = 90_000, patienceMs = 15_000 } = start;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const daemon = spawn(program, [...(start.arguments ?? [])], {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: '/',
  });
  closeSync(log);
  daemon.unref();
  let end: string | undefined;
  const ended = new Promise<void>((resolve) => {
    const tell = (how: string): void => {
      end ??= how;
      resolve();
    };
    daemon.once('error', ({ message }) => tell(message));
    daemon.once('exit', (code, signal) => tell(`it ended with ${signal ?? `exit code ${String(code)}`}`));
  });

  const deadline = Date.now() + timeoutMs;
  while (end === undefined && Date.now() < deadline) {
    const engine = await tryEngine(endpoint);
    if (engine !== undefined && daemon.pid !== undefined && isListening(daemon.pid, endpoint)) {
      return { engine, pid: daemon.pid };
    }
    await delay(100);
  }
  const why = end ?? `it has not answered at ${nameOfEndpoint(endpoint)} within ${timeoutMs / 1000} s`;
  await stop(daemon, ended, patienceMs);
  throw new Error(`${program} could not be started: ${why}.\n${lastLines(logFile)}`);
}

/** Comes back when it has let go of its socket and files, so that another may start. */
async function stop(daemon: ChildProcess, ended: Promise<void>, patienceMs: number): Promise<void> {
  daemon.kill('SIGTERM');
  const late = AbortSignal.timeout(patienceMs);
  late.addEventListener('abort', () => daemon.kill('SIGKILL'), { once: true });
  await ended;
}

function lastLines(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-8);
  return [`The last lines of ${file}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
