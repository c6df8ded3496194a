import { setTimeout as sleep } from 'node:timers/promises';
import { nameOfEndpoint } from '@seaworthy/scenario';
import type { EngineApi } from '../connection/engine-api.ts';
import { EngineError } from '../connection/engine-error.ts';
import { codeOf } from '../connection/explain-failure.ts';
import type { ExecOptions } from '../model/container.ts';
import { demultiplex } from './demultiplex.ts';
import type { ContainerParts } from './running-container.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** Between two looks at whether a program has ended that closed its output before. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;
/** Exit codes by which runtimes say that a command could not be run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program in a container, and waits for its end and all its output.
 *
 * @throws EngineError COMMAND_NOT_FOUND, TIMEOUT (the program itself goes on), CONNECTION, OTHER.
 */
export async function runInContainer(
  parts: Pick<ContainerParts, 'api' | 'watchdog' | 'id' | 'name' | 'engine' | 'spec'>,
  command: readonly [string, ...string[]],
  options: ExecOptions,
): Promise<ExecResult> {
  options.signal?.throwIfAborted();
  try {
    return await run(parts, command, options);
  } catch (error) {
    // A request that was given up says no more than that.
    options.signal?.throwIfAborted();
    throw error;
  }
}

type Parts = Parameters<typeof runInContainer>[0];

async function run(
  { api, id, name, engine, watchdog, spec }: Parts,
  command: readonly [string, ...string[]],
  options: ExecOptions,
): Promise<ExecResult> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, input } = options;
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const { Id } = await api.json<{ Id: string }>('POST', `/containers/${id}/exec`, {
    ...signal,
    body: {
      Cmd: command,
      AttachStdin: input !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      Tty: false,
      Env: Object.entries(options.env ?? {}).map(([key, value]) => `${key}=${value}`),
      ...(options.user === undefined ? {} : { User: options.user }),
      ...(options.workingFolder === undefined ? {} : { WorkingDir: options.workingFolder }),
    },
  });
  const late = new EngineError(
    'TIMEOUT',
    `${command.join(' ')} in container ${name} (engine at ${nameOfEndpoint(engine.endpoint)}) did not end within ${timeoutMs / 1000} s`,
  );
  const body = { Detach: false, Tty: false };
  const connection = await api.upgrade(`/exec/${Id}/start`, { ...signal, body });
  connection.on('error', () => {});
  const cutOff = new AbortController();
  const timer = setTimeout(() => cutOff.abort(late), timeoutMs);
  const abort = (): void => cutOff.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', abort);
  if (options.signal?.aborted === true) abort();
  try {
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const keep = (to: Buffer[]) => (chunk: Buffer) => void to.push(chunk);
    const read = demultiplex(connection, { stdout: keep(chunks.stdout), stderr: keep(chunks.stderr) });
    if (input !== undefined) connection.end(input);
    await unlessAborted(watchdog.guard(read), cutOff.signal);
    const code = await unlessAborted(exitCodeOf(api, Id, cutOff.signal), cutOff.signal);
    const [stdout, stderr] = [chunks.stdout, chunks.stderr].map((part) => Buffer.concat(part).toString());
    const result = { code, stdout: stdout ?? '', stderr: stderr ?? '' };
    const said = saidByRuntime(result);
    if (said === undefined) return result;
    if (codeOf(said) === 'COMMAND_NOT_FOUND')
      throw new EngineError('COMMAND_NOT_FOUND', `${command[0]} cannot be run in ${spec.image}: ${said}`);
    throw new EngineError('OTHER', `${command[0]} was not run in container ${name}: ${said}`);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    connection.destroy();
  }
}

/** A program that closed its output may go on: the engine then tells no exit code yet. */
async function exitCodeOf(api: EngineApi, execId: string, signal: AbortSignal): Promise<number> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const { Running, ExitCode } = await api.json<{ Running: boolean; ExitCode: number | null }>(
      'GET',
      `/exec/${execId}/json`,
      { signal },
    );
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(pause, undefined, { signal });
  }
}

/** @throws the reason of the signal */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([aborted.promise, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * What the runtime says of a command that it could not run: engines report it as output of the program that never ran, with
 * an exit code of a shell.
 */
export function saidByRuntime({ code, stdout, stderr }: ExecResult): string | undefined {
  const said = `${stdout}${stderr}`.trim();
  const isRuntime = /OCI runtime|exec failed|cannot exec in a stopped/i.test(said);
  return (code === NOT_FOUND || code === NOT_EXECUTABLE) && isRuntime ? said : undefined;
}
