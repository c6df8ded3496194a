import { lstatSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCgroups, foldersUpwards, onlyDefined, readCgroupTexts } from '@seaworthy/cgroups';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { RUN_LABEL } from '@seaworthy/scenario';
import type { HostReceipt } from '../model/safety.ts';
import { readAvailableMemory } from './machine-memory.ts';

/** With it begins the name of everything that a run makes outside of its folder. */
const NAME = 'seaworthy-';
const MARK = 'SEAWORTHY_RUN=';

export interface ReceiptOptions {
  /** Ids of runs: only what is theirs is told. Of every run by default. */
  readonly runs?: readonly string[];
  /** Where runs make their folders; the system's folder for temporary files by default. */
  readonly temporaryFolder?: string;
}

/** What of our runs is on this machine now, and how much of it is free. */
export async function hostReceipt(
  engine?: ContainerEngine,
  { runs, temporaryFolder = tmpdir() }: ReceiptOptions = {},
): Promise<HostReceipt> {
  const ours = (text: string): boolean => runs === undefined || runs.some((run) => text.includes(run));
  const { bsize, bavail } = statfsSync(temporaryFolder);
  return {
    availableBytes: readAvailableMemory(),
    temporaryFreeBytes: bsize * bavail,
    folders: readdirSync(temporaryFolder)
      .filter((name) => name.startsWith(NAME) && ours(name))
      .map((name) => join(temporaryFolder, name)),
    ...onlyDefined({
      mounts: mountPoints()?.filter((point) => point.includes(NAME) && ours(point)),
      cgroups: ourCgroups()?.filter(ours),
      processes: markedProcesses(ours),
    }),
    ...(engine === undefined ? {} : await askEngine(engine, ours)),
  };
}

function mountPoints(): string[] | undefined {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .flatMap((line) => line.split(' ')[4] ?? []);
  } catch {
    return undefined;
  }
}

function ourCgroups(): string[] | undefined {
  const texts = readCgroupTexts();
  if (texts === undefined) return undefined;
  const tops = findCgroups(texts).flatMap((cgroup) =>
    (['memory', 'cpu', 'cpuacct', 'pids'] as const).flatMap(
      (controller) => foldersUpwards(cgroup, controller).at(-1) ?? [],
    ),
  );
  return [...new Set(tops)].flatMap((top) => foldersBelow(top)).sort();
}

/** Those called as ours; what is inside of one is a part of it. */
function foldersBelow(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // It went meanwhile.
  }
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => (name.startsWith(NAME) ? [join(folder, name)] : foldersBelow(join(folder, name))));
}

/** Without this process and what it is itself a part of; `undefined` outside of Linux. */
function markedProcesses(ours: (marks: string) => boolean): string[] | undefined {
  const around = process.env['SEAWORTHY_RUN'];
  let pids;
  try {
    pids = readdirSync('/proc');
  } catch {
    return undefined;
  }
  return pids.flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const mark = readText(`/proc/${pid}/environ`)
      .split('\0')
      .find((variable) => variable.startsWith(MARK));
    if (mark === undefined || mark === `${MARK}${around}` || !ours(mark)) return [];
    return [`${pid} ${readText(`/proc/${pid}/cmdline`).split('\0').join(' ').trim()}`];
  });
}

function readText(path: string): string {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'latin1') : '';
  } catch {
    return '';
  }
}

async function askEngine(
  { client }: ContainerEngine,
  ours: (text: string) => boolean,
): Promise<Pick<HostReceipt, 'containers' | 'networks' | 'volumes'>> {
  const filters = { label: [RUN_LABEL] };
  const isOurs = ({ Labels }: { Labels?: Record<string, string> | null | undefined }): boolean =>
    ours(Labels?.[RUN_LABEL] ?? '');
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    client.listContainers({ all: true, filters }),
    client.listNetworks({ filters }),
    client.listVolumes({ filters }),
  ]);
  return {
    containers: containers.filter(isOurs).map(({ Id, Names }) => (Names[0] ?? Id).replace(/^\//, '')),
    networks: networks.filter(isOurs).map(({ Name }) => Name),
    volumes: (volumes ?? []).filter(isOurs).map(({ Name }) => Name),
  };
}
