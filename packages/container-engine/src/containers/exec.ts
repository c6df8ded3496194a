import { nameOfEndpoint } from '@seaworthy/scenario';
import { EngineError } from '../connection/engine-error.ts';
import type { ExecOptions } from '../model/container.ts';
import { demultiplex } from './demultiplex.ts';
import type { ContainerParts } from './running-container.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
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
  const { api, id, name, engine, watchdog, spec } = parts;
  const { timeoutMs = DEFAULT_TIMEOUT_MS, input } = options;
  options.signal?.throwIfAborted();
  const { Id } = await api.json<{ Id: string }>('POST', `/containers/${id}/exec`, {
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
  const connection = await api.upgrade(`/exec/${Id}/start`, { body: { Detach: false, Tty: false } });
  connection.on('error', () => {});
  const cutOff = Promise.withResolvers<never>();
  const timer = setTimeout(() => cutOff.reject(late), timeoutMs);
  const abort = (): void => cutOff.reject(options.signal?.reason as Error);
  options.signal?.addEventListener('abort', abort);
  try {
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const keep = (to: Buffer[]) => (chunk: Buffer) => void to.push(chunk);
    const read = demultiplex(connection, { stdout: keep(chunks.stdout), stderr: keep(chunks.stderr) });
    if (input !== undefined) connection.end(input);
    await Promise.race([watchdog.guard(read), cutOff.promise]);
    const { ExitCode: code } = await api.json<{ ExitCode: number }>('GET', `/exec/${Id}/json`);
    const [stdout, stderr] = [chunks.stdout, chunks.stderr].map((part) => Buffer.concat(part).toString());
    const result = { code, stdout: stdout ?? '', stderr: stderr ?? '' };
    if (isMissing(result)) {
      const said = `${result.stdout}${result.stderr}`.trim();
      throw new EngineError('COMMAND_NOT_FOUND', `${command[0]} cannot be run in ${spec.image}: ${said}`);
    }
    return result;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    connection.destroy();
  }
}

/** Engines report a command that is not there as output of the program that never ran. */
function isMissing({ code, stdout, stderr }: ExecResult): boolean {
  return (
    (code === NOT_FOUND || code === NOT_EXECUTABLE) && /OCI runtime|exec failed/i.test(`${stdout}${stderr}`)
  );
}
