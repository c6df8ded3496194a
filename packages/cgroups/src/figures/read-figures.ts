import { join } from 'node:path';
import { readText, type ReadText } from '../files/read-text.ts';
import type { Cgroup } from '../model/cgroup.ts';
import type { CpuFigures, MemoryFigures, MemoryKills, PidFigures } from '../model/figures.ts';
import { FIGURE_FILES, type CgroupFileTexts, type FigureKind } from './figure-files.ts';
import { parseCpuFigures } from './parse-cpu.ts';
import { parseKills } from './parse-kills.ts';
import { parseMemoryFigures } from './parse-memory.ts';
import { parsePids } from './parse-pids.ts';

/** `undefined` where the cgroup is gone, or where its memory is not counted. */
export function readMemory(cgroup: Cgroup, read: ReadText = readText): MemoryFigures | undefined {
  return parseMemoryFigures(readFiles(cgroup, 'memory', read), cgroup.version);
}

/** `undefined` where the cgroup is gone, or where its CPU time is not counted. */
export function readCpu(cgroup: Cgroup, read: ReadText = readText): CpuFigures | undefined {
  return parseCpuFigures(readFiles(cgroup, 'cpu', read), cgroup.version);
}

/** `undefined` where the cgroup is gone, or where the kernel does not count kills in it. */
export function readKills(cgroup: Cgroup, read: ReadText = readText): MemoryKills | undefined {
  return parseKills(readFiles(cgroup, 'kills', read), cgroup.version);
}

/** `undefined` where the cgroup is gone, or where its processes are not counted. */
export function readPids(cgroup: Cgroup, read: ReadText = readText): PidFigures | undefined {
  return parsePids(readFiles(cgroup, 'pids', read));
}

/** Processes in the cgroup, not below it, as seen from here; those of other PID namespaces are told as 0 and left out. */
export function membersOf({ folders }: Cgroup, read: ReadText = readText): number[] {
  const folder = folders.memory ?? folders.pids ?? folders.cpu ?? folders.cpuacct;
  const text = folder === undefined ? undefined : read(join(folder, 'cgroup.procs'));
  return [...new Set((text ?? '').split(/\s+/).map(Number))].filter((pid) => pid > 0);
}

function readFiles({ version, folders }: Cgroup, kind: FigureKind, read: ReadText): CgroupFileTexts {
  return Object.fromEntries(
    FIGURE_FILES[version][kind].map(({ controller, file }) => {
      const folder = folders[controller];
      return [file, folder === undefined ? undefined : read(join(folder, file))];
    }),
  );
}
