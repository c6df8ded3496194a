import type { ProfileCause } from '../model/collection-profile.ts';
import { formatBytes, formatDuration } from './quantity.ts';

/** What goes away with the fix: `saves 1.1 s, 40 MB`; empty where nobody can say. */
export function savingsText({ savesMs, savesBytes }: ProfileCause): string {
  const parts = [
    ...(savesMs === undefined || savesMs <= 0 ? [] : [formatDuration(savesMs)]),
    ...(savesBytes === undefined || savesBytes <= 0 ? [] : [formatBytes(savesBytes)]),
  ];
  return parts.length === 0 ? '' : `saves ${parts.join(', ')}`;
}
