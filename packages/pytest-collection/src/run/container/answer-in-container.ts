import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEffectiveLimits, type Cgroup } from '@seaworthy/cgroups';
import type { Workspace } from '@seaworthy/scenario';
import type { Seen } from '../../model/collection-runner.ts';
import { pythonProgram } from '../../package-folder.ts';
import { ContainerVoice } from './container-voice.ts';
import { endOf, explainStart, WATCHER, type ContainerPlace } from './start-in-container.ts';

export interface ContainerQuestion {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** On standard input. */
  readonly input?: string;
  /** Of this machine; at the same places in the container. */
  readonly folders: { readonly read: readonly string[]; readonly written: readonly string[] };
  /** After it everything in the container is ended, ms. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ContainerAnswer {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** That were in force on the container. */
  readonly limits: Seen['limits'];
}

/**
 * What a program prints in a container of its own, however it ends.
 *
 * @throws UsageError where it cannot be started; the reason of the signal when it fires
 */
export async function answerInContainer(
  { python, open }: ContainerPlace,
  question: ContainerQuestion,
  workspace: Workspace,
): Promise<ContainerAnswer> {
  const { folders, signal, timeoutMs } = question;
  signal.throwIfAborted();
  await using stack = new AsyncDisposableStack();
  const folder = await workspace.makeFolder('answer');
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const [input, ...outputs] = ['stdin', 'stdout', 'stderr'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(input, question.input ?? '');
  for (const path of outputs) await writeFile(path, '');
  for (const path of [input, ...outputs]) await chmod(path, 0o666);
  for (const path of [folder, ...folders.written]) await chmod(path, 0o777);
  const variables = Object.entries(question.env ?? {});
  const container = stack.use(
    await open({
      command: [
        python,
        '-I',
        '-S',
        pythonProgram(WATCHER),
        question.cwd,
        input,
        ...outputs,
        ...folders.written,
        ...variables.flatMap(([name, value]) => (value === undefined ? ['--unset', name] : [])),
        '--',
        ...question.command,
      ],
      env: Object.fromEntries(
        variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
      ),
      workingFolder: '/',
      stdin: true,
      mounts: [
        ...[dirname(pythonProgram(WATCHER)), ...folders.read].map((path) => ({ from: path, to: path })),
        ...[folder, ...folders.written].map((path) => ({ from: path, to: path, writable: true })),
      ],
    }),
  );
  const voice = new ContainerVoice(container);
  const started = await voice.started;
  if (started?.k !== 'started') throw await explainStart(started, container, voice, question);
  const limits = limitsInForce(container.cgroup);
  const late = new AbortController();
  const timer = sleep(timeoutMs, 'late' as const, { signal: AbortSignal.any([signal, late.signal]) }).catch(
    () => 'cut' as const,
  );
  const ended = endOf(voice, container);
  const first = await Promise.race([ended, timer]);
  signal.throwIfAborted();
  const timedOut = first === 'late';
  if (timedOut) voice.signal('SIGKILL');
  const { code, signal: by } = await ended;
  late.abort();
  await voice.finish();
  const [stdout = '', stderr = ''] = await Promise.all(outputs.map((path) => readFile(path, 'utf8')));
  return { code, signal: by, stdout, stderr, timedOut, limits };
}

/** Of its own control group and of those around it. */
function limitsInForce(cgroup: Cgroup | undefined): Seen['limits'] {
  if (cgroup === undefined) return {};
  const { cpus, memoryBytes } = readEffectiveLimits(cgroup);
  return {
    ...(cpus === undefined ? {} : { cpus: cpus.value }),
    ...(memoryBytes === undefined ? {} : { memoryBytes: memoryBytes.value }),
  };
}
