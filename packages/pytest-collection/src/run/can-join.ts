import { dirname } from 'node:path';
import type { OwnedCgroup } from '@seaworthy/cgroups';
import type { Workspace } from '@seaworthy/scenario';
import { prepareCommand } from './prepared-command.ts';

const known = new Map<string, Promise<boolean>>();

/**
 * Whether a process may move itself into cgroups at this place: making one is no proof of it. Tried once for each place;
 * where the trial itself came to nothing, since its workspace was closed meanwhile, the next one tries again.
 */
export function canJoin(cgroup: OwnedCgroup, workspace: Workspace): Promise<boolean> {
  const place = cgroup.folders.map((folder) => dirname(folder)).join(' ');
  const others = known.get(place);
  // By then what others tried is forgotten, so this ends.
  if (others !== undefined) return others.catch(() => canJoin(cgroup, workspace));
  const answer = tryToJoin(cgroup, workspace);
  known.set(place, answer);
  answer.catch(() => known.delete(place));
  return answer;
}

async function tryToJoin(cgroup: OwnedCgroup, workspace: Workspace): Promise<boolean> {
  const [command, ...args] = prepareCommand(['true'], { cgroups: cgroup.folders }, process.env);
  await using process_ = workspace.spawn(command, args, { stdio: 'ignore' });
  return (await process_.exited).code === 0;
}
