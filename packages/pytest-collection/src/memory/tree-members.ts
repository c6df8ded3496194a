import { readdirSync } from 'node:fs';
import { readProcessFigures, readProcFile } from './process-figures.ts';

/** Says which processes belong to a run at this moment; some may be zombies, see {@link living}. `roughly`: as it was up to a quarter of a second ago. */
export type TreeMembers = (roughly?: 'roughly') => readonly number[];

const SCAN_EVERY_MS = 250;

/** The workspace marks every process that it starts in this variable, and children inherit it. */
const MARK = 'SEAWORTHY_RUN=';

/**
 * The process `root` and all its descendants: found by the mark in their environment, or by their parent where they were
 * given another environment. A process that turned out to be a stranger's is not looked at again.
 */
export function membersByDescent(root: number): TreeMembers {
  const mark = markOf(root);
  const since = Number(readProcessFigures(root)?.startTime ?? 0);
  const strangers = new Set<number>();
  const members = new Set<number>();
  const lookAt = (pid: number): void => {
    const figures = readProcessFigures(pid);
    if (figures === undefined) return;
    const isYounger = Number(figures.startTime) >= since; // Which saves reading the environment of nearly all strangers.
    const isMarked = (): boolean => mark !== undefined && markOf(pid) === mark;
    const ours = pid === root || (isYounger && (members.has(figures.parent) || isMarked()));
    (ours ? members : strangers).add(pid);
  };
  let scannedAt = -Infinity;
  return (roughly) => {
    if (roughly !== undefined && performance.now() - scannedAt < SCAN_EVERY_MS) return [...members];
    scannedAt = performance.now();
    const present = pidsOnThisMachine();
    for (const pid of present) if (!strangers.has(pid) && !members.has(pid)) lookAt(pid);
    const there = new Set(present);
    for (const pid of members) if (!there.has(pid)) members.delete(pid);
    for (const pid of strangers) if (!there.has(pid)) strangers.delete(pid);
    return [...members];
  };
}

function pidsOnThisMachine(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return []; // Not on Linux.
  }
}

/** All of a process's marks: they are its ancestors', then the one it alone shares with its descendants. */
function markOf(pid: number): string | undefined {
  return readProcFile(pid, 'environ')
    ?.split('\0')
    .find((variable) => variable.startsWith(MARK));
}

/** Those of `pids` that have not ended: a zombie is only a number that its parent did not ask for yet. */
export function living(pids: readonly number[]): number[] {
  return pids.filter((pid) => readProcessFigures(pid)?.zombie === false);
}
