import { readdirSync } from 'node:fs';
import { readProcessFigures, readProcFile } from './process-figures.ts';

/** Says which processes belong to a run at this moment, zombies left out. */
export type TreeMembers = () => readonly number[];

/** The workspace marks every process that it starts in this variable, and children inherit it. */
const MARK = 'SEAWORTHY_RUN=';

/**
 * The process `root` and all its descendants: found by the mark in their environment, or by their parent where they were
 * given another environment. A process that turned out to be a stranger's is not looked at again.
 */
export function membersByDescent(root: number): TreeMembers {
  const mark = markOf(root);
  const strangers = new Map<number, string>();
  const members = new Map<number, string>();
  const lookAt = (pid: number): void => {
    const figures = readProcessFigures(pid);
    if (figures === undefined || figures.zombie) return void members.delete(pid);
    if (members.get(pid) === figures.startTime) return;
    members.delete(pid);
    const ours = pid === root || members.has(figures.parent) || (mark !== undefined && markOf(pid) === mark);
    (ours ? members : strangers).set(pid, figures.startTime);
  };
  return () => {
    const present = pidsOnThisMachine();
    for (const pid of present) if (!strangers.has(pid)) lookAt(pid);
    const there = new Set(present);
    for (const pid of members.keys()) if (!there.has(pid)) members.delete(pid);
    for (const pid of strangers.keys()) if (!there.has(pid)) strangers.delete(pid);
    return [...members.keys()];
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

/** Those of `pids` that have not ended. */
export function living(pids: readonly number[]): number[] {
  return pids.filter((pid) => readProcessFigures(pid)?.zombie === false);
}
