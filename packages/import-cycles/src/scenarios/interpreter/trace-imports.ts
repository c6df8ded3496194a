import { askIn } from './python-place.ts';
import type { PythonPlace } from './python-place.ts';

/** One step of an import: a body begins or ends, or a module is imported `again` while its body is being executed. */
export interface ImportStep {
  readonly event: 'start' | 'end' | 'again';
  readonly module: string;
  /** Module that holds the import statement, of `again` only. */
  readonly by?: string | null;
}

export interface ImportTrace {
  readonly steps: readonly ImportStep[];
  readonly bodies: readonly { readonly module: string; readonly cpuMs: number; readonly wallMs: number }[];
  readonly error: {
    readonly type: string;
    readonly message: string;
    readonly path: string | null;
    readonly line: number | null;
  } | null;
}

interface Answer {
  readonly steps: readonly ImportStep[];
  readonly modules: readonly { readonly name: string; readonly cpuNs: number; readonly wallNs: number }[];
  readonly error: ImportTrace['error'];
}

/** Imports one module in a fresh interpreter and tells what CPython did. */
export async function traceImports(
  folder: string,
  module: string,
  place: Pick<PythonPlace, 'run'>,
): Promise<ImportTrace> {
  const options = { cwd: folder, timeoutMs: 20_000 };
  const answer = await askIn<Answer>(place, 'trace_imports.py', [folder, module], options);
  const bodies = answer.modules.map(({ name, cpuNs, wallNs }) => ({
    module: name,
    cpuMs: cpuNs / 1e6,
    wallMs: wallNs / 1e6,
  }));
  return { steps: answer.steps, bodies, error: answer.error };
}

/** The modules that CPython went through, in the order of execution, until it met one that it was still executing. */
export function executedCycle(trace: ImportTrace): readonly string[] | undefined {
  const running: string[] = [];
  for (const step of trace.steps) {
    if (step.event === 'start') running.push(step.module);
    else if (step.event === 'end') running.pop();
    else if (running.includes(step.module)) return running.slice(running.indexOf(step.module));
  }
  return undefined;
}
