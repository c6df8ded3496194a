export interface AskOptions {
  /** Folder to start it in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Ends it, and rejects with its reason. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** `undefined` where it could not be started or was ended. */
  readonly exitCode: number | undefined;
  /** Why it could not be started, such as `ENOENT`. */
  readonly startError: string | undefined;
  readonly timedOut: boolean;
  /** How it went, in a phrase. */
  readonly summary: string;
}

/**
 * Runs a program that answers a question and ends. When it does not, it is ended with all that it started: a script that
 * wraps it would otherwise leave it running, with our end of its output open.
 */
export async function askProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs, signal }: AskOptions,
): Promise<Answer> {
  signal.throwIfAborted();
  const { execa } = await import('execa');
  const program = execa(command, args, {
    cwd,
    env: { ...env },
    extendEnv: false,
    stdin: 'ignore',
    // A group of its own, which can be ended as a whole.
    detached: true,
    reject: false,
    maxBuffer: 100_000,
  });
  let timedOut = false;
  const end = (): void => endGroup(program.pid);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  signal.addEventListener('abort', end);
  try {
    const { stdout, stderr, exitCode, code, shortMessage } = await program;
    signal.throwIfAborted();
    const startError = program.pid === undefined ? code : undefined;
    const summary =
      exitCode === undefined ? (shortMessage ?? 'it was ended') : `exit code ${String(exitCode)}`;
    return { stdout, stderr, exitCode, startError, timedOut, summary };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
