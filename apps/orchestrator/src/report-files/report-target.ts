import { UsageError } from '@seaworthy/scenario';
import { choose } from '../options/choose.ts';

export const REPORT_FORMATS = ['json', 'junit'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportTarget {
  readonly format: ReportFormat;
  /** As the user wrote it; `-` is standard output. */
  readonly file: string;
}

/** Takes `junit=report.xml` apart. */
export function reportTarget(text: string): ReportTarget {
  const [, format, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (format === undefined || file === undefined) {
    throw new UsageError(
      'BAD_REPORT',
      `--report takes FORMAT=FILE, such as junit=report.xml, got ${JSON.stringify(text)}. Formats: ${REPORT_FORMATS.join(', ')}.`,
    );
  }
  return { format: choose('report format', format, REPORT_FORMATS), file };
}
