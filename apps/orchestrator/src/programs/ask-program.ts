import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { NotStarted } from '@seaworthy/scenario';
import type { NotStartedReason, OwnedProcess, Workspace } from '@seaworthy/scenario';

export interface AskOptions {
  /** Ends the program with all that it started, also when this tool is killed meanwhile. */
  readonly workspace: Pick<Workspace, 'spawn'>;
  /** Folder to start it in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Ends it, and rejects with its reason. */
  readonly signal: AbortSignal;
}

/** What is the same whatever is asked. */
export type Asking = Pick<AskOptions, 'workspace' | 'env' | 'signal'>;

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** `undefined` where it could not be started or was ended. */
  readonly exitCode: number | undefined;
  /** Why it could not be started. */
  readonly notStarted: NotStartedReason | undefined;
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
  { workspace, cwd, env, timeoutMs, signal }: AskOptions,
): Promise<Answer> {
  signal.throwIfAborted();
  const program = start(() => workspace.spawn(command, args, { cwd, env }));
  if (program instanceof NotStarted) {
    const { reason: notStarted, message: summary } = program;
    return { stdout: '', stderr: '', exitCode: undefined, notStarted, timedOut: false, summary };
  }
  await using owned = program;
  const enough = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const { child } = owned;
  const closed = once(child, 'close', { signal: enough }).catch(() => undefined);
  const said = Promise.all([child.stdout, child.stderr].map(read));
  const end = (await closed) as [code: number | null, signal: string | null] | undefined;
  if (end === undefined) await owned[Symbol.asyncDispose]();
  signal.throwIfAborted();
  const [stdout = '', stderr = ''] = await said;
  const [code, by] = end ?? [null, null];
  return {
    stdout,
    stderr,
    exitCode: code ?? undefined,
    notStarted: undefined,
    timedOut: end === undefined,
    summary: code === null ? `it was ended${by === null ? '' : ` by ${by}`}` : `exit code ${String(code)}`,
  };
}

/** Most characters of an answer; who says more is not listened to any longer. */
const LONGEST_ANSWER = 100_000;

/** What a program said until it ended, was ended or had said too much. */
async function read(stream: Readable | null): Promise<string> {
  let text = '';
  try {
    for await (const chunk of stream?.setEncoding('utf8') ?? []) {
      text += String(chunk);
      if (text.length > LONGEST_ANSWER) break;
    }
  } catch {
    // It was ended, and its output with it.
  }
  return text;
}

function start(spawn: () => OwnedProcess): OwnedProcess | NotStarted {
  try {
    return spawn();
  } catch (error) {
    if (error instanceof NotStarted) return error;
    throw error;
  }
}
