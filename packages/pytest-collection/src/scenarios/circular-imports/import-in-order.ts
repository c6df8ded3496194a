import { text } from 'node:stream/consumers';
import type { MeasureContext } from '@seaworthy/scenario';
import { pythonProgram } from '../../package-folder.ts';
import { pythonOf } from '../collect/requires-pytest.ts';

/** What an import died of; `null`: of nothing. */
export type ImportFailure = { readonly type: string; readonly message: string } | null;

/** By file, in the order in which they were asked about. */
export interface PlainImports {
  /** One interpreter imports all of them, so that later files find what earlier ones have left. */
  readonly inOrder: readonly ImportFailure[];
  /** A fresh interpreter for each. */
  readonly alone: readonly ImportFailure[];
}

const PATIENCE_MS = 60_000;

/**
 * What CPython itself makes of test files, without pytest. The order counts: a module that crashes when it comes first may
 * work when another one that completes it has been imported before, and the other way round.
 */
export async function importInOrder(
  root: string,
  files: readonly string[],
  { workspace, signal, environment }: Pick<MeasureContext, 'workspace' | 'signal' | 'environment'>,
): Promise<PlainImports> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  limit.throwIfAborted();
  const program = pythonProgram('scenarios/import_in_order.py');
  await using python = workspace.spawn(pythonOf(environment).executable, ['-I', '-B', program], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stop = (): void => void python[Symbol.asyncDispose]();
  limit.addEventListener('abort', stop);
  try {
    const { stdin, stdout, stderr } = python.child;
    stdin?.on('error', () => {}); // Its exit says what was wrong.
    stdin?.end(JSON.stringify({ root, files }));
    const printed = Promise.all([stdout, stderr].map((stream) => (stream === null ? '' : text(stream))));
    const { code } = await python.exited;
    limit.throwIfAborted();
    const [answer = '', errors = ''] = await printed;
    if (code !== 0) throw new Error(`import_in_order.py ended with ${code}: ${errors.trim()}`);
    return JSON.parse(answer) as PlainImports;
  } finally {
    limit.removeEventListener('abort', stop);
  }
}
