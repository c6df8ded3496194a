import { serialiseRunRecord } from '@seaworthy/run-record';
import type { RunRecord } from '@seaworthy/run-record';

/** The record itself: `readRunRecord` takes it back. */
export function formatJson(record: RunRecord): string {
  return serialiseRunRecord(record);
}
