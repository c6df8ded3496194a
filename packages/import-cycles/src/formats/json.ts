import type { ImportReport } from '../report/import-report.ts';

/** The order in which keys are printed, whatever the order in the object. */
const KEYS = [
  'schema',
  'language',
  'view',
  'base',
  'roots',
  'modules',
  'imports',
  'knots',
  'firstImports',
  'firstImportsLeftOut',
  'problems',
  'ignored',
  'stale',
  'durationMs',
] as const satisfies readonly (keyof ImportReport)[];

/**
 * The report itself as JSON, with a line for each entry of a list: short enough for a hundred thousand imports, and good
 * to search and to compare line by line.
 */
export function formatJson(report: ImportReport): string {
  const members = KEYS.filter((key) => report[key] !== undefined).map((key) => {
    const value = report[key];
    const text =
      Array.isArray(value) && value.length > 0
        ? `[\n${value.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
        : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
