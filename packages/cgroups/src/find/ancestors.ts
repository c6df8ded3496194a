import { dirname } from 'node:path';
import type { Cgroup, Controller } from '../model/cgroup.ts';

/**
 * The cgroups around one, nearest first, as far up as can be seen from here. In version 1 each controller goes its own way
 * up, so the later ones may have fewer controllers.
 */
export function ancestorsOf(cgroup: Cgroup): Cgroup[] {
  const ancestors: Cgroup[] = [];
  for (let at = above(cgroup); at !== undefined; at = above(at)) ancestors.push(at);
  return ancestors;
}

/** The folders of one controller from a cgroup up to the top, its own first. */
export function foldersUpwards(cgroup: Cgroup, controller: Controller): string[] {
  return [cgroup, ...ancestorsOf(cgroup)]
    .map(({ folders }) => folders[controller])
    .filter((folder) => folder !== undefined);
}

/** Every folder of a cgroup once: to each one's `cgroup.procs` a process is written that is to live in it. */
export function foldersOf({ folders }: Cgroup): string[] {
  return [...new Set(Object.values(folders))];
}

function above({ version, folders, tops }: Cgroup): Cgroup | undefined {
  const entries = (Object.entries(folders) as [Controller, string][]).filter(
    ([controller, folder]) => folder !== tops[controller] && isInside(folder, tops[controller]),
  );
  if (entries.length === 0) return undefined;
  const controllers = entries.map(([controller]) => controller);
  return {
    version,
    folders: Object.fromEntries(entries.map(([controller, folder]) => [controller, dirname(folder)])),
    tops: Object.fromEntries(controllers.map((controller) => [controller, tops[controller]])),
  };
}

function isInside(folder: string, top: string | undefined): boolean {
  return top !== undefined && (top === '/' || folder.startsWith(`${top}/`));
}
