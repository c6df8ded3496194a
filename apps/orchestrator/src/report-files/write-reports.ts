import { resolve } from 'node:path';
import { UsageError, demandWritable, writeFileAtomically } from '@seaworthy/scenario';
import type { RunRecord } from '@seaworthy/run-record';
import { formatJUnit, formatJson } from '@seaworthy/reports';
import type { ReportFormat, ReportTarget } from './report-target.ts';

const FORMATTERS: Readonly<Record<ReportFormat, (record: RunRecord) => string>> = {
  json: formatJson,
  junit: formatJUnit,
};

/**
 * Makes sure before a run that its reports can be written after it: a run of minutes must not end with "permission denied".
 *
 * @throws UsageError `CANNOT_WRITE`, `TWO_REPORTS`
 */
export async function checkReportTargets(targets: readonly ReportTarget[], cwd: string): Promise<void> {
  const taken = new Set<string>();
  for (const { file } of targets) {
    const path = file === '-' ? file : resolve(cwd, file);
    if (taken.has(path)) {
      throw new UsageError(
        'TWO_REPORTS',
        `Two reports cannot go to the same place: ${JSON.stringify(file)}.`,
      );
    }
    taken.add(path);
    if (path !== '-') await demandWritable(path);
  }
}

/**
 * Writes every report; one that fails does not keep the others from being written.
 *
 * @throws UsageError `CANNOT_WRITE`, of the first that failed.
 */
export async function writeReports(
  record: RunRecord,
  targets: readonly ReportTarget[],
  cwd: string,
  toStdout: (text: string) => void,
): Promise<void> {
  const written = await Promise.allSettled(
    targets.map(async ({ format, file }) => {
      const text = FORMATTERS[format](record);
      if (file === '-') toStdout(text);
      else await writeFileAtomically(resolve(cwd, file), text);
    }),
  );
  for (const outcome of written) if (outcome.status === 'rejected') throw outcome.reason;
}
