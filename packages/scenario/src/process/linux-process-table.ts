import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessEntry } from './process-table.ts';
import { marksIn } from './run-mark.ts';

/** Every process in /proc. */
export function readLinuxProcesses(): ProcessEntry[] {
  const found: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const entry = readLinuxProcess(pid);
    if (entry !== undefined) found.push(entry);
  }
  return found;
}

/** `/proc/<pid>/stat`, see proc(5): the name in parentheses may itself hold spaces and parentheses. */
export function readLinuxProcess(pid: number): ProcessEntry | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    startTime: fields[19] ?? '',
    zombie: state === 'Z' || state === 'X',
    marks: () => marksIn(readIfThere(`/proc/${pid}/environ`) ?? '', '\0'),
  };
}

/** A process may end, or turn out to be someone else's, at any moment while it is being looked at. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
