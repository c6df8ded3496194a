import type { CollectionProfile } from '../model/collection-profile.ts';
import { counted } from './quantity.ts';

/** That the recording has holes by the recorder's own fault; not yet {@link printable}. */
export function faultSentence({ recorderFaults = [] }: CollectionProfile): string | undefined {
  const [first, ...others] = recorderFaults;
  if (first === undefined) return undefined;
  const [what = '', ...rest] = first.trimEnd().split('\n');
  const reason = rest.length === 0 ? '' : ` (${rest.at(-1)!.trim()})`;
  const more = others.length === 0 ? '' : `, and ${counted(others.length, 'fault')} more`;
  return `Not all could be recorded: ${what}${reason}${more}. Please report it: the JSON format has all of it`;
}
