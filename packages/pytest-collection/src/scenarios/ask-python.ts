import { text } from 'node:stream/consumers';
import type { MeasureContext } from '@seaworthy/scenario';
import { pythonProgram } from '../package-folder.ts';
import { pythonOf } from './collect/requires-pytest.ts';
import { endAtOnce } from './end-at-once.ts';

const PATIENCE_MS = 60_000;

/**
 * What a Python program of ours answers, as JSON, in the project's interpreter. Isolated: no environment variable and no
 * package of the user's changes anything.
 *
 * @param program path below this package's `python` folder
 * @throws where it gives no answer within a minute, or the signal fires
 */
export async function askPython<Answer>(
  program: string,
  { args = [], input = '' }: { readonly args?: readonly string[]; readonly input?: string },
  { workspace, signal, environment }: Pick<MeasureContext, 'workspace' | 'signal' | 'environment'>,
): Promise<Answer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  limit.throwIfAborted();
  const command = ['-I', '-B', '-X', 'utf8', pythonProgram(program), ...args];
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
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors.trim()}`);
    return JSON.parse(answer) as Answer;
  } finally {
    limit.removeEventListener('abort', stop);
  }
}
