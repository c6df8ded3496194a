import type { ReportedImport } from '../../report/import-report.ts';
import type { ReadSource } from '../../report/source-text.ts';
import { sourceLine } from './code-frame.ts';

/** How a statement begins that lists its names, as far as what it imports from. */
const BEGIN =
  /^(?:(?:lazy\s+)?from\s+[^\s(]+\s+import|(?:lazy\s+)?import(?:\s+type)?|export(?:\s+type)?)(?![\w.])/;

/**
 * The code of an import on one line: of a statement over several lines its beginning and the line of the imported name, as
 * `from shop import … Order`. `undefined` where there is no source.
 */
export function statementCode(
  { path, line, statement }: Pick<ReportedImport, 'path' | 'line' | 'statement'>,
  readSource: ReadSource | undefined,
): string | undefined {
  const own = sourceLine(readSource, path, line)?.trim();
  if (own === undefined || statement === undefined || statement.firstLine === line) return own;
  const first = sourceLine(readSource, path, statement.firstLine)?.trim() ?? '';
  const begin = BEGIN.exec(first)?.[0];
  if (begin === undefined) return own;
  const name = own
    .replace(/^[})]\s*/, '')
    .replace(/\s*(?:#.*|\\)$/, '')
    .replace(/[,)\s]+$/, '');
  return `${begin} … ${name}`;
}
