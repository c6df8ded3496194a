import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { nameOfEndpoint, type EngineEndpoint } from '@seaworthy/scenario';
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
}

export interface StartedDockerd {
  readonly engine: ContainerEngine;
  readonly pid: number;
}

/**
 * Starts Docker's daemon in a session of its own, in which it outlives us, and waits until it answers.
 *
 * @throws Error with the last lines of the log, when it ends or has not answered in time; then it does not run any more.
 */
export async function startDockerd(start: DockerdStart): Promise<StartedDockerd> {
  const { program, endpoint, logFile, timeoutMs = 90_000 } = start;
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
  daemon.once('error', (error) => (end = error.message));
  daemon.once('exit', (code, signal) => (end = `it ended with ${signal ?? `exit code ${String(code)}`}`));

  const deadline = Date.now() + timeoutMs;
  while (end === undefined && Date.now() < deadline) {
    const engine = await tryEngine(endpoint);
    if (engine !== undefined && daemon.pid !== undefined) return { engine, pid: daemon.pid };
    await delay(100);
  }
  if (end === undefined) daemon.kill('SIGTERM');
  const why = end ?? `it has not answered at ${nameOfEndpoint(endpoint)} within ${timeoutMs / 1000} s`;
  throw new Error(`${program} could not be started: ${why}.\n${lastLines(logFile)}`);
}

function lastLines(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-8);
  return [`The last lines of ${file}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
