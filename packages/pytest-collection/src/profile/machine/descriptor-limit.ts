import { join } from 'node:path';
import { readText } from './read-text.ts';

export interface Descriptors {
  readonly soft: number;
  readonly hard: number;
}

/** The limit of open files that a process started by this one inherits. */
export function readDescriptorLimit(proc: string): Descriptors | undefined {
  const text = readText(join(proc, 'self', 'limits'));
  return text === undefined ? undefined : descriptorsIn(text);
}

/** The same, from the text of `/proc/self/limits`. */
export function descriptorsIn(limits: string): Descriptors | undefined {
  const match = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits);
  if (!match) return undefined;
  const read = (word: string | undefined) => (word === 'unlimited' ? Infinity : Number(word));
  return { soft: read(match[1]), hard: read(match[2]) };
}
