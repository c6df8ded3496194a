import type { MeasureContext } from '@seaworthy/scenario';
import { askPython } from '../ask-python.ts';

/** What an import died of; `null`: of nothing. */
export type ImportFailure = { readonly type: string; readonly message: string } | null;

/** By file, in the order in which they were asked about. */
export interface PlainImports {
  /** One interpreter imports all of them, so that later files find what earlier ones have left. */
  readonly inOrder: readonly ImportFailure[];
  /** A fresh interpreter for each. */
  readonly alone: readonly ImportFailure[];
}

/**
 * What CPython itself makes of test files, without pytest. The order counts: a module that crashes when it comes first may
 * work when another one that completes it has been imported before, and the other way round.
 *
 * @param root absolute, which the files are relative to
 */
export async function importInOrder(
  root: string,
  files: readonly string[],
  context: Pick<MeasureContext, 'workspace' | 'signal' | 'environment'>,
): Promise<PlainImports> {
  const input = JSON.stringify({ root, files });
  return askPython<PlainImports>('scenarios/import_in_order.py', { input, folders: [root] }, context);
}
