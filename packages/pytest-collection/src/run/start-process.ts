import { membersOf, readCpu, readMemory, type Cgroup, type OwnedCgroup } from '@seaworthy/cgroups';
import { attributeKills, readKillCounters, type KillCounters } from '../memory/cgroup/kill-counters.ts';
import { KillWatch } from '../memory/cgroup/kill-watch.ts';
import { living, membersByDescent, type TreeMembers } from '../memory/tree-members.ts';
import { TreeWatch } from '../memory/tree-watch.ts';
import type { RunningCollection, RunRequest, TreeUsage } from '../model/collection-runner.ts';
import type { PeakMemory } from '../model/peak-memory.ts';
import { endTree, killRest } from './end-tree.ts';
import { openOutputs } from './open-outputs.ts';
import { prepareCommand } from './prepared-command.ts';
import { whatItWaitsFor } from './waiting/waits-for.ts';

/** Where a process is to live. */
export interface Habitation {
  /** Missing where none can be had. Is removed with the run. */
  readonly cgroup?: OwnedCgroup;
  /** The cgroup that this process is in itself. */
  readonly around?: Cgroup;
  /** A limit of address space, bytes. */
  readonly addressSpace?: number;
}

/** In a cgroup the processes are listed by the kernel; elsewhere they are looked for among all, and that costs more. */
const LOOK_EVERY_MS = { cgroup: 250, descent: 100 };

/** Starts the command of a run, watches over its processes, and ends with them all. */
export async function startProcess(request: RunRequest, habitation: Habitation): Promise<RunningCollection> {
  const { cgroup, around, addressSpace } = habitation;
  await using stack = new AsyncDisposableStack();
  stack.use(cgroup);
  const innermost = cgroup?.cgroup ?? around;
  const own = cgroup !== undefined;
  const before = readKillCounters(innermost, { own });
  const [command, ...args] = prepareCommand(
    request.command,
    { cgroups: cgroup?.folders ?? [], ...(addressSpace === undefined ? {} : { addressSpace }) },
    { ...process.env, ...request.env },
  );
  const outputs = stack.use(await openOutputs(request.workspace));
  const startedAt = process.hrtime.bigint();
  const main = stack.use(
    request.workspace.spawn(command, args, {
      cwd: request.cwd,
      env: request.env,
      stdio: ['ignore', ...outputs.stdio],
    }),
  );
  const ended = main.exited.then((exit) => ({ ...exit, at: process.hrtime.bigint() }));
  const members: TreeMembers = own ? () => membersOf(cgroup.cgroup) : membersByDescent(main.pid);
  stack.defer(() => killRest(members));
  const watch = new TreeWatch(members, own ? LOOK_EVERY_MS.cgroup : LOOK_EVERY_MS.descent);
  stack.defer(() => watch.stop());
  const kills =
    cgroup?.limits.memoryBytes === undefined ? undefined : stack.use(new KillWatch(cgroup.cgroup, startedAt));
  let ending: Promise<readonly string[]> | undefined;
  const endRest = (): Promise<readonly string[]> => (ending ??= endTree({ main, members, watch }));
  const everything = stack.move();
  return {
    pid: main.pid,
    startedAt,
    ended,
    signal: (name) => send(-main.pid, name),
    signalProcess: (pid, name) => void (living(members()).includes(pid) && send(pid, name)),
    waitsFor: (pid) => whatItWaitsFor(pid, living(members())),
    output: () => outputs.read(),
    usage: async () => {
      const leftBehind = await endRest();
      kills?.look();
      const after = readKillCounters(innermost, { own });
      return usageOf({ cgroup, watch, kills, before, after, leftBehind });
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

function usageOf(run: {
  cgroup: OwnedCgroup | undefined;
  watch: TreeWatch;
  kills: KillWatch | undefined;
  before: KillCounters;
  after: KillCounters;
  leftBehind: readonly string[];
}): TreeUsage {
  const { cgroup, watch, kills, leftBehind } = run;
  return {
    cpuMs: cpuMsOf(cgroup) ?? watch.cpuMs,
    peak: peakOf(cgroup, watch),
    memoryKills: {
      ...attributeKills(run.before, run.after),
      ...(kills?.seen === undefined ? {} : { seen: kills.seen }),
    },
    leftBehind,
  };
}

function cpuMsOf(owned: OwnedCgroup | undefined): number | undefined {
  const figures = owned && readCpu(owned.cgroup);
  return figures && figures.usageUs / 1e3;
}

function peakOf(cgroup: OwnedCgroup | undefined, { processes }: TreeWatch): PeakMemory {
  const charged = cgroup && readMemory(cgroup.cgroup)?.peakBytes;
  if (cgroup !== undefined && charged !== undefined) {
    return { bytes: charged, source: `cgroup-v${cgroup.cgroup.version}`, processes };
  }
  const bytes = processes.reduce((sum, process) => sum + process.bytes, 0);
  return { bytes, source: processes.length === 0 ? 'none' : 'high-water-marks', processes };
}

function send(pid: number, name: NodeJS.Signals | number): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
