import { join } from 'node:path';
import type { Cgroup, Controller } from '../model/cgroup.ts';
import { parseCgroupMounts, type CgroupMount } from './cgroup-mounts.ts';
import { readCgroupTexts, type CgroupTexts } from './cgroup-texts.ts';

const CONTROLLERS: readonly Controller[] = ['memory', 'cpu', 'pids', 'cpuacct'];

/**
 * Where the cgroup of a process lies in the file system; where version 1 and 2 are in use side by side, that which counts
 * memory. Whether a controller of version 2 is really at work in it is seen from its files.
 *
 * @returns `undefined` where there is none, or where it lies outside of what can be seen from here.
 */
export function findCgroup(texts: CgroupTexts | undefined): Cgroup | undefined {
  const found = findCgroups(texts);
  return found.find(({ folders }) => folders.memory !== undefined) ?? found[0];
}

/** Of a process by its number as seen from here, such as that of a container's main process on the engine's machine. */
export function findCgroupOf(pid: number): Cgroup | undefined {
  return findCgroup(readCgroupTexts(pid));
}

/**
 * Both cgroups of a process on a machine on which some controllers are version 1's and others version 2's; each controller
 * is in one of them. Mostly there is one.
 */
export function findCgroups(texts: CgroupTexts | undefined): readonly Cgroup[] {
  if (texts === undefined) return [];
  const mounts = parseCgroupMounts(texts.mountinfo);
  const first: Places = {};
  const second: Places = {};
  const unified = findVersion2(texts.cgroup, mounts);
  for (const controller of CONTROLLERS) {
    const place = findVersion1(texts.cgroup, mounts, controller);
    if (place !== undefined) first[controller] = place;
    // A controller is at work in one version only; version 2 has no `cpuacct`.
    else if (unified !== undefined && controller !== 'cpuacct') second[controller] = unified;
  }
  return [toCgroup(1, first), toCgroup(2, second)].filter((cgroup) => cgroup !== undefined);
}

interface Place {
  readonly folder: string;
  readonly top: string;
}

type Places = Partial<Record<Controller, Place>>;

function toCgroup(version: 1 | 2, places: Places): Cgroup | undefined {
  const entries = Object.entries(places) as [Controller, Place][];
  if (entries.length === 0) return undefined;
  return {
    version,
    folders: Object.fromEntries(entries.map(([controller, { folder }]) => [controller, folder])),
    tops: Object.fromEntries(entries.map(([controller, { top }]) => [controller, top])),
  };
}

function findVersion1(
  cgroup: string,
  mounts: readonly CgroupMount[],
  controller: Controller,
): Place | undefined {
  const line = cgroup
    .split('\n')
    .map((text) => /^\d+:([^:]*):(.*)$/.exec(text))
    .find((match) => match?.[1]?.split(',').includes(controller));
  if (line?.[2] === undefined) return undefined;
  return placeIn(
    mounts.filter(({ version, options }) => version === 1 && options.includes(controller)),
    line[2],
  );
}

function findVersion2(cgroup: string, mounts: readonly CgroupMount[]): Place | undefined {
  const path = /^0::(.*)$/m.exec(cgroup)?.[1];
  return path === undefined
    ? undefined
    : placeIn(
        mounts.filter(({ version }) => version === 2),
        path,
      );
}

/**
 * In a container the mount may show only a part of the hierarchy, while /proc tells the path in the whole of it, or, in a
 * cgroup namespace, the path from that part on. Of several mounts the one counts that shows the most of the way up.
 */
function placeIn(mounts: readonly CgroupMount[], path: string): Place | undefined {
  // A part that begins above our namespace, or a process outside of it: how to get from one to the other is not told.
  const seen = mounts.filter(({ root }) => !root.startsWith('/..'));
  if (path.startsWith('/..')) return undefined;
  const holding = seen.filter(({ root }) => pathBelow(root, path) !== undefined);
  const mount = holding.toSorted((one, other) => one.root.length - other.root.length)[0] ?? seen[0];
  if (mount === undefined) return undefined;
  const below = pathBelow(mount.root, path) ?? '';
  return { folder: join(mount.at, below).replace(/(?<=.)\/$/, ''), top: mount.at };
}

/** `undefined` where the path does not lie in it. */
function pathBelow(root: string, path: string): string | undefined {
  if (root === '/') return path;
  if (path === root) return '';
  return path.startsWith(`${root}/`) ? path.slice(root.length) : undefined;
}
