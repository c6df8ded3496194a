import type { OwnedProcess, SpawnOptions, Workspace } from '@seaworthy/scenario';

/** How a program went. */
export interface ProgramRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** The end of it, at most 16 KiB. */
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface ProgramOptions {
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  readonly cwd: string;
  /** After so many ms the program is killed, with all it started. */
  readonly timeoutMs: number;
  /** Given to the program on standard input. */
  readonly input?: string;
  readonly env?: SpawnOptions['env'];
}

const STDERR_KEPT = 16 * 1024;

/** Runs a program of ours to its end in the workspace. Rejects when it cannot be started or when the signal fires. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramRun> {
  options.signal.throwIfAborted();
  await using program = options.workspace.spawn(command, args, {
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  let timedOut = false;
  const stop = new AbortController();
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, options.timeoutMs);
  const interrupt = (): void => stop.abort();
  options.signal.addEventListener('abort', interrupt);
  const end = killOn(stop.signal, program);
  try {
    const output = collect(program);
    // Ending the program may break it off, and then nobody waits for it any more: that is no defect.
    output.catch(() => undefined);
    program.child.stdin?.on('error', () => undefined);
    program.child.stdin?.end(options.input ?? '');
    const { code, signal } = await program.exited;
    await end();
    options.signal.throwIfAborted();
    const { stdout, stderr } = await output;
    return { code, signal, stdout, stderr, timedOut };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', interrupt);
  }
}

function killOn(signal: AbortSignal, program: OwnedProcess): () => Promise<void> {
  let killed: Promise<void> | undefined;
  signal.addEventListener('abort', () => (killed ??= Promise.resolve(program[Symbol.asyncDispose]())));
  return async () => killed;
}

async function collect(program: OwnedProcess): Promise<{ stdout: string; stderr: string }> {
  const [stdout, stderr] = await Promise.all([
    text(program.child.stdout, Number.POSITIVE_INFINITY),
    text(program.child.stderr, STDERR_KEPT),
  ]);
  return { stdout, stderr };
}

async function text(stream: NodeJS.ReadableStream | null, kept: number): Promise<string> {
  if (stream === null) return '';
  stream.setEncoding('utf8');
  let all = '';
  for await (const chunk of stream) {
    all += String(chunk);
    if (all.length > kept) all = all.slice(-kept);
  }
  return all;
}
