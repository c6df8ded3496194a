import type { MeasureContext } from '@seaworthy/scenario';
import { askPython } from './run-python.ts';

/** What `reference_imports.py` is asked. */
export interface ReferenceRequest {
  /** Absolute path that the modules' paths are relative to. */
  readonly base: string;
  /** Modules among which imports are looked for. */
  readonly modules: readonly { readonly name: string; readonly path: string; readonly isPackage: boolean }[];
  /** Names of the modules whose files are read; all of them where not given. */
  readonly read?: readonly string[];
  /** Also search for knots and cycles: by brute force, so for small webs only. */
  readonly cycles?: boolean;
}

export interface ReferenceAnswer {
  /** From, to, line of the statement, executed at import. */
  readonly imports: readonly (readonly [string, string, number, boolean])[];
  /** Files that this interpreter cannot parse. */
  readonly unparsed: readonly { readonly path: string; readonly message: string }[];
  readonly knots?: readonly (readonly string[])[];
  readonly cycles?: readonly (readonly string[])[];
}

/** What CPython's own parser says of some files: the independent judge of our analysis. Executes none of them. */
export async function readReference(
  context: MeasureContext,
  request: ReferenceRequest,
): Promise<ReferenceAnswer> {
  return askPython<ReferenceAnswer>('reference_imports.py', [], context, {
    cwd: request.base,
    timeoutMs: 60_000,
    input: JSON.stringify(request),
  });
}
