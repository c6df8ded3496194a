import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of this package. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}
