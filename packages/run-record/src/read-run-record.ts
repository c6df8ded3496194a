import { readFile } from 'node:fs/promises';
import { UsageError } from '@seaworthy/scenario';
import { RUN_RECORD_SCHEMA } from './run-record.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Reads and checks a record.
 *
 * @throws UsageError `NO_RECORD` (cannot be read), `CORRUPT_RECORD` (not a record, or cut off), `RECORD_SCHEMA` (of another
 * version of the tool).
 */
export async function readRunRecord(file: string): Promise<RunRecord> {
  const name = JSON.stringify(file);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError('NO_RECORD', `Cannot read the run record ${name}: ${(cause as Error).message}.`, {
      cause,
    });
  });
  const data = parse(text, name);
  const schema = typeof data === 'object' && data !== null && 'schema' in data ? data.schema : undefined;
  if (typeof schema === 'number' && schema !== RUN_RECORD_SCHEMA) {
    throw new UsageError(
      'RECORD_SCHEMA',
      `The run record ${name} has schema ${String(schema)}, this version reads schema ${String(RUN_RECORD_SCHEMA)}. ` +
        `Use the version of seaworthy that wrote it, or run the scenarios again.`,
    );
  }
  const [{ recordSchema }, { z }] = await Promise.all([import('./record-schema.ts'), import('zod')]);
  const checked = recordSchema.safeParse(data);
  if (!checked.success) {
    throw new UsageError(
      'CORRUPT_RECORD',
      `${name} is not a run record:\n${z.prettifyError(checked.error)}\nRun the scenarios again to get a new one.`,
    );
  }
  return checked.data;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(
      'CORRUPT_RECORD',
      `${name} is not a run record: ${(cause as Error).message}. Run the scenarios again to get a new one.`,
      { cause },
    );
  }
}
