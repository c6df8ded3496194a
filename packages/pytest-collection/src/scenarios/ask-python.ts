import { text } from 'node:stream/consumers';
import type { MeasureContext } from '@seaworthy/scenario';
import { pythonProgram } from '../package-folder.ts';
import { pythonOf } from './collect/requires-pytest.ts';
import { answerInContainer } from '../run/container/answer-in-container.ts';
import { containersFor } from './place/subject-place.ts';
import { endAtOnce } from './end-at-once.ts';

const PATIENCE_MS = 60_000;

export interface PythonQuestion {
  readonly args?: readonly string[];
  readonly input?: string;
  /** Of this machine, that the program reads: to be seen in a container, too. */
  readonly folders?: readonly string[];
}

/**
 * What a Python program of ours answers, as JSON, in the project's interpreter. Isolated: no environment variable and no
 * package of the user's changes anything.
 *
 * @param program path below this package's `python` folder
 * @throws where it gives no answer within a minute, or the signal fires
 */
export async function askPython<Answer>(
  program: string,
  { args = [], input = '', folders = [] }: PythonQuestion,
  context: Pick<MeasureContext, 'workspace' | 'signal' | 'environment'>,
): Promise<Answer> {
  const { workspace, signal, environment } = context;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  limit.throwIfAborted();
  const command = ['-I', '-B', '-X', 'utf8', pythonProgram(program), ...args];
  const place = await containersFor(context, folders);
  if (place !== undefined) {
    const answer = await answerInContainer(
      place,
      {
        command: [place.python, ...command],
        cwd: '/',
        input,
        folders: { read: folders, written: [] },
        timeoutMs: PATIENCE_MS,
        signal: limit,
      },
      workspace,
    );
    return parsed<Answer>(program, answer.code, answer.stdout, answer.stderr);
  }
  await using python = workspace.spawn(pythonOf(environment).executable, command, {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stop = (): void => endAtOnce(python);
  limit.addEventListener('abort', stop);
  try {
    const { stdin, stdout, stderr } = python.child;
    stdin?.on('error', () => {}); // Its exit says what was wrong.
    stdin?.end(input);
    const printed = Promise.all([stdout, stderr].map((stream) => (stream === null ? '' : text(stream))));
    // Ending the program may break it off, and then nobody waits for it any more: that is no defect.
    printed.catch(() => undefined);
    const { code } = await python.exited;
    limit.throwIfAborted();
    const [answer = '', errors = ''] = await printed;
    return parsed<Answer>(program, code, answer, errors);
  } finally {
    limit.removeEventListener('abort', stop);
  }
}

function parsed<Answer>(program: string, code: number | null, answer: string, errors: string): Answer {
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors.trim()}`);
  return JSON.parse(answer) as Answer;
}
