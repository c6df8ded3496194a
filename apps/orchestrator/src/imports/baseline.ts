import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createBaseline, readBaseline, updateBaseline, writeBaseline } from '@seaworthy/import-cycles';
import type { Baseline, ImportReport } from '@seaworthy/import-cycles';
import { UsageError } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';

export interface BaselineInForce {
  readonly file: string | undefined;
  readonly accepted?: Baseline;
}

/**
 * The file of accepted cycles, and what it holds. It may be absent where it is about to be written.
 *
 * @throws UsageError
 */
export async function baselineFor(
  {
    baseline,
    updateBaseline: update,
  }: { readonly baseline: string | undefined; readonly updateBaseline: boolean },
  { values, folder }: LoadedConfiguration,
  cwd: string,
): Promise<BaselineInForce> {
  const configured = values.imports?.baseline;
  const file =
    baseline === undefined
      ? configured === undefined
        ? undefined
        : resolve(folder, configured)
      : resolve(cwd, baseline);
  if (file === undefined) {
    if (!update) return { file };
    throw new UsageError(
      'NO_BASELINE',
      'Name the file of accepted cycles: --update-baseline --baseline FILE.',
    );
  }
  if (update && !existsSync(file)) return { file };
  return { file, accepted: await readBaseline(file) };
}

/**
 * Writes a new baseline that accepts all cycles, or takes out of an old one what is gone: a baseline only shrinks. To
 * accept new cycles as well, remove the file first.
 */
export async function updateBaselineFile(
  file: string,
  report: ImportReport,
): Promise<{ readonly isNew: boolean; readonly message: string }> {
  if (!existsSync(file)) {
    const created = createBaseline(report);
    await writeBaseline(file, created);
    return {
      isNew: true,
      message: `Wrote ${file}: ${String(created.arcs.length)} imports in cycles are accepted.`,
    };
  }
  const old = await readBaseline(file);
  const smaller = updateBaseline(old, report);
  const gone = old.arcs.length - smaller.arcs.length;
  if (gone > 0) await writeBaseline(file, smaller);
  const fresh = report.knots.some((knot) => !knot.accepted)
    ? ' New cycles are not accepted: to accept them as well, remove the file first.'
    : '';
  return {
    isNew: false,
    message: `${file}: ${String(gone)} imports that are in no cycle any more were taken out, ${String(smaller.arcs.length)} are left.${fresh}`,
  };
}
