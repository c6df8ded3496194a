import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImportReport } from '@seaworthy/import-cycles';
import * as formats from '@seaworthy/import-cycles/formats';
import { printable } from '@seaworthy/reports';
import { writeFileAtomically } from '@seaworthy/scenario';
import { styleFor } from '../options/style.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownVersion } from '../version.ts';

import type { ImportFormat } from './import-formats.ts';

export interface WriteOptions {
  readonly format: ImportFormat;
  readonly output: string | undefined;
  readonly color: boolean | undefined;
}

/** Most problems told beside a report for programs. */
const MOST_PROBLEMS = 10;

/** Writes a report to standard output or into a file. What else there is to say goes to standard error. */
export async function writeImportReport(
  report: ImportReport,
  options: WriteOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { cwd, stdout, stderr } = surroundings;
  const text = await format(report, options, surroundings);
  if (options.output === undefined) stdout.write(text);
  else await writeFileAtomically(resolve(cwd, options.output), text);
  if (options.format === 'text' && options.output === undefined) return;
  for (const { path, line, message } of report.problems.slice(0, MOST_PROBLEMS))
    stderr.write(
      `${printable(path)}${line === undefined ? '' : `:${String(line)}`}: ${printable(message)}\n`,
    );
  const more = report.problems.length - MOST_PROBLEMS;
  if (more > 0) stderr.write(`… and ${String(more)} more files with problems\n`);
}

async function format(
  report: ImportReport,
  { format: name, output, color: flag }: WriteOptions,
  surroundings: Surroundings,
): Promise<string> {
  const readSource = formats.readSourceBelow(report.base);
  switch (name) {
    case 'text': {
      const { stdout } = surroundings;
      const { color, width } = styleFor(stdout, surroundings, output === undefined ? flag : (flag ?? false));
      return formats.formatText(report, { color, width, readSource });
    }
    case 'json':
      return formats.formatJson(report);
    case 'sarif':
      return formats.formatSarif(report, { version: ownVersion(), readSource });
    case 'dot':
      return formats.formatDot(report);
    case 'mermaid':
      return formats.formatMermaid(report);
    case 'html':
      return formats.formatHtml(report, { readSource });
    case 'github': {
      const summary = surroundings.env['GITHUB_STEP_SUMMARY'] ?? '';
      if (summary !== '') await appendFile(summary, formats.formatStepSummary(report));
      return formats.formatGithub(report);
    }
  }
}
