import { delimiter } from 'node:path';
import type { MeasureContext, OwnedProcess } from '@seaworthy/scenario';
import { pythonProgram } from '../../package-folder.ts';
import { pythonOf } from '../collect/requires-pytest.ts';
import { answerInContainer } from '../../run/container/answer-in-container.ts';
import type { ContainerAnswer } from '../../run/container/answer-in-container.ts';
import { endAtOnce } from '../end-at-once.ts';
import { containersFor } from '../place/subject-place.ts';
import type { RepeatedCollections } from './repeated-collections.ts';
import { PLUGIN } from './tests-with-code.ts';

export interface RepetitionOptions {
  /** Folder of the tests. */
  readonly root: string;
  /** Folder of a plugin that is to be loaded. */
  readonly modules: string | null;
  /** `traced` finds the lines that grow, at the price of time and memory. */
  readonly witness: 'resident' | 'traced';
  /** Rounds before counting begins: caches of the interpreter and of pytest fill in them. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Bytes that one last round gives to each test; 0: there is no such round. */
  readonly payload: number;
  /** Where bytecode is kept, so that later rounds do not rewrite assertions again. */
  readonly bytecodeFolder: string;
  readonly timeoutMs: number;
}

/** Arguments of the user's own that are meant for the project, not for our trees. Plugins that are installed stay. */
const ENVIRONMENT = {
  PYTEST_ADDOPTS: undefined,
  PYTEST_PLUGINS: undefined,
  PYTHONDONTWRITEBYTECODE: undefined,
};
const KEPT = 16 * 1024;

/** Collects a tree again and again in one process of the project's interpreter. @throws when the signal fires */
export async function collectRepeatedly(
  options: RepetitionOptions,
  context: MeasureContext,
): Promise<RepeatedCollections> {
  const { environment, workspace, signal } = context;
  const { root, witness, warmUp, rounds, payload, bytecodeFolder } = options;
  signal.throwIfAborted();
  const program = pythonProgram('scenarios/collection_rounds.py');
  const plugin = options.modules === null ? [] : ['-p', PLUGIN];
  const numbers = [warmUp, rounds, payload].map(String);
  const args = ['-X', 'utf8', program, witness, ...numbers, '--', '-p', 'no:cacheprovider', ...plugin];
  const folders = [root, ...(options.modules === null ? [] : [options.modules])];
  const place = await containersFor(context, folders);
  if (place !== undefined) {
    const answer = await answerInContainer(
      place,
      {
        command: [place.python, ...args],
        cwd: root,
        env: {
          ...ENVIRONMENT,
          PYTHONPYCACHEPREFIX: bytecodeFolder,
          ...(options.modules === null ? {} : { PYTHONPATH: options.modules }),
        },
        folders: { read: folders, written: [bytecodeFolder] },
        timeoutMs: options.timeoutMs,
        signal,
      },
      workspace,
    );
    return answered(answer.stdout, endingOf(answer, options.timeoutMs), answer.stderr.slice(-KEPT));
  }
  await using running = workspace.spawn(pythonOf(environment).executable, args, {
    cwd: root,
    env: {
      ...ENVIRONMENT,
      PYTHONPYCACHEPREFIX: bytecodeFolder,
      ...(options.modules === null ? {} : { PYTHONPATH: pathWith(options.modules) }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { text, errors, ending } = await answerOf(running, options.timeoutMs, signal);
  signal.throwIfAborted();
  return answered(text, ending, errors);
}

function answered(text: string, ending: string, errors: string): RepeatedCollections {
  try {
    return JSON.parse(text) as RepeatedCollections;
  } catch {
    return withoutAnswer(ending, errors);
  }
}

function endingOf(
  { timedOut, signal, code }: Pick<ContainerAnswer, 'timedOut' | 'signal' | 'code'>,
  timeoutMs: number,
): string {
  return timedOut
    ? `gave no answer within ${timeoutMs} ms`
    : `ended with ${signal ?? `exit code ${String(code)}`} and no answer`;
}

function pathWith(folder: string): string {
  return [folder, process.env['PYTHONPATH'] ?? ''].filter((part) => part !== '').join(delimiter);
}

async function answerOf(
  running: OwnedProcess,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<{ text: string; errors: string; ending: string }> {
  let timedOut = false;
  const end = (): void => endAtOnce(running);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  signal.addEventListener('abort', end);
  try {
    const output = Promise.all([
      read(running.child.stdout, Number.POSITIVE_INFINITY),
      read(running.child.stderr, KEPT),
    ]);
    const { code, signal: by } = await running.exited;
    // Children that live on may hold the pipes open.
    await running[Symbol.asyncDispose]();
    const [text, errors] = await output;
    const ending = endingOf({ timedOut, signal: by, code }, timeoutMs);
    return { text, errors, ending };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** All of a stream, or the end of it; what was there when it was cut off. */
async function read(stream: NodeJS.ReadableStream | null, kept: number): Promise<string> {
  let all = '';
  try {
    stream?.setEncoding('utf8');
    for await (const chunk of stream ?? []) {
      all += String(chunk);
      if (all.length > kept) all = all.slice(-kept);
    }
  } catch {
    // Cut off.
  }
  return all;
}

function withoutAnswer(ending: string, errors: string): RepeatedCollections {
  const last = errors.trimEnd().split('\n').at(-1) ?? '';
  return {
    trimmed: false,
    start: null,
    rounds: [],
    heavy: null,
    lines: [],
    types: [],
    error: { type: 'NoAnswer', message: `the process ${ending}${last === '' ? '' : `: ${last}`}` },
  };
}
