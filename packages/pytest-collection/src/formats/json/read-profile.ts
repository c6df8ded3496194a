import { readFile } from 'node:fs/promises';
import { UsageError } from '@seaworthy/scenario';
import type { CollectionProfile } from '../../model/collection-profile.ts';
import { profileShape } from './profile-shape.ts';

const HOW = 'Save one with `seaworthy collect --format json`';

/**
 * Reads a profile that `formatJson` wrote.
 *
 * @param name What to call the text in messages, such as its path.
 * @throws UsageError `NOT_A_PROFILE` where it is none, `PROFILE_VERSION` where another version wrote it
 */
export function parseProfile(text: string, name = 'The text'): CollectionProfile {
  const value = parsed(text, name);
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value))
    throw new UsageError('NOT_A_PROFILE', `${name} is no collection profile. ${HOW}`);
  if (typeof value.schemaVersion === 'number' && value.schemaVersion > 1)
    throw new UsageError(
      'PROFILE_VERSION',
      `${name} was made by a newer seaworthy (version ${value.schemaVersion} of the format; this one reads version 1). Update seaworthy, or save it again with this version`,
    );
  if (!('tree' in value)) throw new UsageError('NOT_A_PROFILE', `${name} is no collection profile. ${HOW}`);
  if (value.schemaVersion !== 1)
    throw new UsageError(
      'PROFILE_VERSION',
      `${name} is a collection profile of version ${JSON.stringify(value.schemaVersion)}; this seaworthy reads version 1. Save it again with this version`,
    );
  const trouble = profileShape.trouble(value, '');
  if (trouble !== undefined)
    throw new UsageError('NOT_A_PROFILE', `${name} is a broken collection profile: ${trouble}. ${HOW}`);
  return value as unknown as CollectionProfile;
}

/**
 * Reads a file that `formatJson` made.
 *
 * @throws UsageError `PROFILE_MISSING` where the file cannot be read, and as {@link parseProfile}
 */
export async function readProfile(file: string): Promise<CollectionProfile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new UsageError('PROFILE_MISSING', `Cannot read the profile ${file}: ${why}. ${HOW}`, {
      cause: error,
    });
  }
  return parseProfile(text, file);
}

function parsed(text: string, name: string): unknown {
  try {
    // A byte order mark is what some editors put before JSON.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (text.trim() === '')
      throw new UsageError('NOT_A_PROFILE', `${name} is empty. ${HOW}`, { cause: error });
    throw new UsageError('NOT_A_PROFILE', `${name} is not JSON: ${(error as Error).message}. ${HOW}`, {
      cause: error,
    });
  }
}
