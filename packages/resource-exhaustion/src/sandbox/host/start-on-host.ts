import type { OwnedCgroup } from '@seaworthy/cgroups';
import type { Keeper } from '../../model/sandbox.ts';
import { connectKeeper } from '../../keeper/connect-keeper.ts';
import { keeperCommand } from '../../keeper/keeper-command.ts';
import { TierUnavailable, type TierPlan } from '../tier-plan.ts';
import { untilAborted } from '../until-aborted.ts';
import { complaintsOf } from './complaints.ts';
import { launchCommand, type LaunchLimits } from './launch-script.ts';

export interface KeeperOnHost {
  readonly keeper: Keeper;
  readonly pid: number;
}

/**
 * Starts the keeper as a process of this machine, in the cgroup from its first instruction on. What the kernel did not
 * take of the limits is not told here: they are read back.
 *
 * @throws TierUnavailable where it did not come up.
 */
export async function startOnHost(
  plan: TierPlan,
  stack: AsyncDisposableStack,
  { limits, diskFolder, cgroup }: { limits: LaunchLimits; diskFolder: string; cgroup?: OwnedCgroup },
): Promise<KeeperOnHost> {
  const { python } = plan.environment;
  const { command } = keeperCommand(plan.keeper, {
    ...(python === undefined ? {} : { python: python.executable }),
    deadlineMs: plan.deadlineMs,
    ...(cgroup === undefined ? {} : { cgroupFolders: cgroup.folders }),
  });
  const [program, ...args] = launchCommand(limits, diskFolder, command);
  const owned = plan.workspace.spawn(program, args, {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  stack.use(owned);
  // Victims of a keeper that was killed have nobody who ends them. What cannot be ended is met again with the workspace.
  void owned.exited.then(() => Promise.resolve(owned[Symbol.asyncDispose]()).catch(() => {}));
  const { stdin, stdout, stderr } = owned.child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('Expected pipes to the keeper');
  stdin.on('error', () => {}); // It is gone: `ended` tells how.
  const complaints = complaintsOf(stderr);
  try {
    cgroup?.add(owned.pid);
    stdin.write('go\n');
    const keeper = await untilAborted(connectKeeper(stdin, stdout, owned.exited), plan.signal);
    return { keeper, pid: owned.pid };
  } catch (error) {
    plan.signal.throwIfAborted();
    const said = await complaints.text();
    throw new TierUnavailable(`the keeper did not start: ${said === '' ? (error as Error).message : said}`, {
      cause: error,
    });
  }
}
