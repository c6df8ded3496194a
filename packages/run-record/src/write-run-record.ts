import { writeFileAtomically } from '@seaworthy/scenario';
import type { RunRecord } from './run-record.ts';

/** The text of a record's file. */
export function serialiseRunRecord(record: RunRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/**
 * Writes a record as JSON: all of it, or nothing.
 *
 * @throws UsageError `CANNOT_WRITE`
 */
export async function writeRunRecord(file: string, record: RunRecord): Promise<void> {
  await writeFileAtomically(file, serialiseRunRecord(record));
}
