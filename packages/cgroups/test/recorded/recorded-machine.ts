import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadText } from '../../src/index.ts';

/** Files of a machine as they were read there with `tail -n +1`, by the name of the recording. */
export function recordedMachine(name: string): ReadText {
  const text = readFileSync(join(import.meta.dirname, `${name}.txt`), 'utf8');
  const parts = text.split(/^==> (.+) <==\n/m).slice(1);
  const files = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) files.set(parts[at]!, parts[at + 1]!);
  return (path) => files.get(path);
}
