import { spawnSync } from 'node:child_process';
import type { ProcessEntry } from './process-table.ts';
import { marksIn } from './run-mark.ts';

const COLUMNS = 'pid=,ppid=,pgid=,stat=,lstart=';

/** Every process that `ps` lists: for systems without /proc, such as macOS. */
export function readPsProcesses(): ProcessEntry[] {
  const environments = readEnvironments();
  return runPs(['-A', '-o', COLUMNS]).flatMap((line) => parseRow(line, environments) ?? []);
}

/** One process as `ps` sees it. */
export function readPsProcess(pid: number): ProcessEntry | undefined {
  const [line] = runPs(['-o', COLUMNS, '-p', String(pid)]);
  return line === undefined ? undefined : parseRow(line, new Map());
}

function parseRow(line: string, environments: ReadonlyMap<number, string>): ProcessEntry | undefined {
  const row = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
  if (row === null) return undefined;
  const pid = Number(row[1]);
  return {
    pid,
    parent: Number(row[2]),
    group: Number(row[3]),
    startTime: String(Date.parse(row[5] ?? '') / 1000),
    zombie: row[4]?.startsWith('Z') === true,
    marks: () => marksIn(environments.get(pid) ?? '', ' '),
  };
}

/** The BSD option `e` prints the environment after the command, for the processes of the user who asks. */
function readEnvironments(): Map<number, string> {
  const environments = new Map<number, string>();
  for (const line of runPs(['axeww', '-o', 'pid=,command='])) {
    const row = /^\s*(\d+)\s(.*)$/.exec(line);
    if (row !== null) environments.set(Number(row[1]), row[2] ?? '');
  }
  return environments;
}

/** In the C locale and UTC, so that `lstart` reads the same whoever asks. */
function runPs(args: readonly string[]): string[] {
  const { stdout, error } = spawnSync('ps', args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw new Error('Could not list processes with ps', { cause: error });
  return stdout.split('\n').filter((line) => line.trim() !== '');
}
