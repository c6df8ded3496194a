import type { CollectionError } from '../model/recording.ts';
import { shownPath } from './profile-facts.ts';

/** Where an error was raised, or else whose it is: `shop/prices.py:12`. */
export function errorPlace({ raisedIn, line, path, nodeId }: CollectionError, root: string): string {
  const file = raisedIn ?? path;
  if (file === undefined) return nodeId;
  return `${shownPath(file, root)}${line === undefined ? '' : `:${line}`}`;
}
