import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openWorkspace, UsageError, type Workspace } from '@seaworthy/scenario';
import { demandInterpreter } from './interpreter/demand-interpreter.ts';
import { withOwnFigures } from './memory/own-figures.ts';
import { MEMORY_GUARD_FILE_VARIABLE } from './memory-guard/memory-guard.ts';
import type { CollectOptions } from './model/collect-options.ts';
import type { CollectionRun } from './model/collection-run.ts';
import type { CollectionTarget } from './model/collection-target.ts';
import { accountSpans } from './outcome/account-spans.ts';
import { bytecodeState } from './outcome/bytecode-state.ts';
import { classifyEnding } from './outcome/classify-ending.ts';
import { pythonProgram } from './package-folder.ts';
import { parseStacks, readRecording, recorderCommand, STACK_SIGNAL } from './recording/index.ts';
import { completeRecording } from './recording/read-recording.ts';
import { askForStacks, readText } from './run/ask-for-stacks.ts';
import { hostRunner } from './run/host-runner.ts';
import { tellProgress } from './run/tell-progress.ts';
import { throughPipe } from './run/through-pipe.ts';
import { msBetween, supervise } from './run/supervise.ts';

const TIMEOUT_MS = 600_000;

/**
 * Runs one `pytest --collect-only` and tells how it ended, what it found, and what it took.
 *
 * @throws UsageError where the interpreter or the folder is not there
 * @throws the reason of `options.signal` when it fires; what a callback of the options throws
 */
export async function collectOnce(
  target: CollectionTarget,
  options: CollectOptions = {},
): Promise<CollectionRun> {
  options.signal?.throwIfAborted();
  if (options.runner?.elsewhere === undefined) {
    demandInterpreter(target.python);
    await demandFolder(target.root);
  }
  if (options.workspace !== undefined) return collectIn(options.workspace, target, options);
  await using workspace = await openWorkspace();
  return await collectIn(workspace, target, options);
}

async function collectIn(
  workspace: Workspace,
  target: CollectionTarget,
  options: CollectOptions,
): Promise<CollectionRun> {
  const folder = await workspace.makeFolder('collection');
  try {
    return await collectInto(join(folder, 'rows'), workspace, target, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collectInto(
  rowsFile: string,
  workspace: Workspace,
  target: CollectionTarget,
  options: CollectOptions,
): Promise<CollectionRun> {
  const { signal } = options;
  const runner = options.runner ?? hostRunner();
  const guardFile = `${rowsFile}.guard`;
  const bytecode = options.bytecode ?? ({ kind: 'as-is' } as const);
  const recorder = recorderCommand(target, { rowsFile, detail: options.detail ?? 'files', bytecode });
  const command = throughPipe(recorder.command, target.pipe);
  const env = { [MEMORY_GUARD_FILE_VARIABLE]: guardFile, ...recorder.env };
  const written = [dirname(rowsFile), ...(bytecode.kind === 'private' ? [bytecode.folder] : [])];
  const folders = { read: [dirname(pythonProgram('collect_main.py'))], written };
  await using running = await runner.start({ command, cwd: target.root, env, workspace, folders });
  const { startedAt } = running;
  const telling = tellProgress(rowsFile, startedAt, options);
  let waitsFor: string | undefined;
  const supervised = await supervise(running, {
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    ...(options.interrupt === undefined ? {} : { interrupt: options.interrupt, due: telling.due }),
    signal: AbortSignal.any([telling.failed, ...(signal === undefined ? [] : [signal])]),
    beforeKill: async () => {
      const { python } = await readRecording(rowsFile, { startedAt });
      waitsFor = running.waitsFor?.(python?.pid ?? running.pid);
      if (python === undefined) return;
      await askForStacks(() => running.signalProcess?.(python.pid, STACK_SIGNAL), `${rowsFile}.stacks`);
    },
  }).finally(() => telling.end());

  const { exit, timedOut, interruptedBy, stopMs } = supervised;
  const usage = await running.usage();
  signal?.throwIfAborted();
  telling.failed.throwIfAborted();
  const rows = await telling.end();
  const times = { startedAt, endedAt: exit.at };
  // Behind a pipe Python may have gone on to write after the shell had ended.
  const recording =
    rows === undefined || target.pipe !== undefined
      ? await readRecording(rowsFile, times)
      : await completeRecording(rows, rowsFile, times);
  const wallMs = msBetween(startedAt, exit.at);
  const guardReason = await readText(guardFile);
  const limit = runner.limit === undefined ? {} : { limit: runner.limit };
  return {
    outcome: classifyEnding({
      exit,
      recording,
      usage,
      ...limit,
      ...(timedOut === undefined ? {} : { timedOut }),
      ...(interruptedBy === undefined ? {} : { interruptedBy }),
      stacks: parseStacks(await readText(`${rowsFile}.stacks`)),
      ...(waitsFor === undefined ? {} : { waitsFor }),
      ...(target.pipe === undefined ? {} : { pipe: target.pipe }),
      ...(guardReason === '' ? {} : { guardReason }),
    }),
    recording,
    command,
    cwd: target.root,
    runner: runner.name,
    bytecode: bytecodeState(recording.sources),
    exit: { code: exit.code, signal: exit.signal },
    wallMs,
    ...withOwnFigures(usage, recording),
    spans: accountSpans(recording.phases, wallMs),
    ...limit,
    output: running.output(),
    leftBehind: usage.leftBehind,
    ...(stopMs === undefined ? {} : { stopMs }),
  };
}

async function demandFolder(root: string): Promise<void> {
  const there = await stat(root).catch(() => undefined);
  if (there?.isDirectory() === true) return;
  throw new UsageError('NO_FOLDER', `There is no folder ${root} in which pytest could be started`);
}
