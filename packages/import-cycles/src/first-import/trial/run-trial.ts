import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnedProcess, Workspace } from '@seaworthy/scenario';
import { pythonProgram } from '../../package-folder.ts';
import type { FirstImport } from '../../report/import-report.ts';
import { readOutcome, type TriedPlace } from './outcome.ts';

export interface Trial {
  readonly place: TriedPlace;
  readonly python: string;
  readonly workspace: Workspace;
  /** Where all trials keep their compiled files. */
  readonly bytecode: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Imports one module in a new interpreter, and ends all that it started. */
export async function runTrial(trial: Trial, module: string): Promise<FirstImport> {
  const { place, python, workspace, bytecode, timeoutMs, signal } = trial;
  const { graph, base } = place;
  signal?.throwIfAborted();
  const folder = await workspace.makeFolder('trial');
  const [request, result, temporary] = ['request', 'result', 'temporary'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await mkdir(temporary);
  await writeFile(request, [result, module, ...graph.roots.map((root) => join(base, root))].join('\0'));
  const started = workspace.spawn(python, [pythonProgram('first_import.py'), request], {
    cwd: temporary,
    env: {
      PYTHONSAFEPATH: '1',
      PYTHONPYCACHEPREFIX: bytecode,
      PYTHONDONTWRITEBYTECODE: undefined,
      PYTHONSTARTUP: undefined,
      PYTHONINSPECT: undefined,
      TMPDIR: temporary,
    },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  try {
    const ending = await waitFor(started, timeoutMs, signal);
    const text = await readFile(result, 'utf8').catch(() => undefined);
    if (text !== undefined) return readOutcome(text, module, place);
    return { module, outcome: 'crash', error: ending, found: 'tried' };
  } finally {
    await started[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

async function waitFor(
  started: OwnedProcess,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<{ type: string; message: string }> {
  const late = Promise.withResolvers<'late' | 'aborted'>();
  const timer = setTimeout(() => late.resolve('late'), timeoutMs);
  const abort = (): void => late.resolve('aborted');
  signal?.addEventListener('abort', abort);
  // An event that was before this listener is heard by nobody.
  if (signal?.aborted) abort();
  try {
    const ending = await Promise.race([started.exited, late.promise]);
    if (ending === 'aborted') signal!.throwIfAborted();
    if (typeof ending === 'string')
      return { type: 'Timeout', message: `still being imported after ${timeoutMs / 1000} s` };
    return ending.signal === null
      ? { type: 'Exit', message: `the interpreter ended with status ${ending.code} before the import did` }
      : { type: 'Signal', message: `the interpreter was killed by ${ending.signal}` };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
