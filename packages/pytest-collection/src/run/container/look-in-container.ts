import { UsageError } from '@seaworthy/scenario';
import { pythonProgram } from '../../package-folder.ts';
import type { Look, Seen } from '../../model/collection-runner.ts';
import { answerInContainer } from './answer-in-container.ts';
import type { ContainerPlace } from './start-in-container.ts';

/** For a project on a file system that takes long for every file. */
const PATIENCE_MS = 60_000;

/** Runs a program of ours in a container of its own; `undefined` where it could not be started, or gave no answer. */
export async function lookInContainer(
  place: ContainerPlace,
  { program, question, folders = [], workspace, signal }: Look,
): Promise<Seen | undefined> {
  const never = new AbortController().signal;
  const answered = await answerInContainer(
    place,
    {
      command: [place.python, '-I', '-S', pythonProgram(program)],
      cwd: '/',
      input: JSON.stringify(question),
      folders: { read: folders, written: [] },
      timeoutMs: PATIENCE_MS,
      signal: signal ?? never,
    },
    workspace,
  ).catch((error: unknown) => {
    // Its limit of memory is too small for another Python, say: what the runs told is worth having without this.
    if (error instanceof UsageError) return undefined;
    throw error;
  });
  if (answered?.code !== 0) return undefined;
  return { answer: JSON.parse(answered.stdout) as unknown, limits: answered.limits };
}
