import { chmod } from 'node:fs/promises';
import { constants } from 'node:os';
import { membersOf, readCpu, readMemory } from '@seaworthy/cgroups';
import type { ContainerExit, ContainerSpec, OwnedContainer } from '@seaworthy/container-engine';
import { UsageError } from '@seaworthy/scenario';
import { attributeKills, readKillCounters } from '../../memory/cgroup/kill-counters.ts';
import { KillWatch } from '../../memory/cgroup/kill-watch.ts';
import { living } from '../../memory/tree-members.ts';
import { TreeWatch } from '../../memory/tree-watch.ts';
import type { RunningCollection, RunRequest, TreeUsage } from '../../model/collection-runner.ts';
import type { PeakMemory } from '../../model/peak-memory.ts';
import { pythonProgram } from '../../package-folder.ts';
import { openOutputs } from '../open-outputs.ts';
import { whatItWaitsFor } from '../waiting/waits-for.ts';
import { ContainerVoice } from './container-voice.ts';
import { InnerPids } from './inner-pids.ts';
import { attributeContainerKills } from './container-kills.ts';

const LOOK_EVERY_MS = 100;
export const WATCHER = 'collect_in_container.py';

/** How containers of a runner are opened. */
export interface ContainerPlace {
  readonly python: string;
  readonly open: (more: Omit<Partial<ContainerSpec>, 'image' | 'limits'>) => Promise<OwnedContainer>;
}

/**
 * Starts the command of a run in a container of its own, through a program that ends everything as soon as this process
 * is gone, and watches over the container's control group from outside.
 *
 * @throws UsageError where the image has no such folder or cannot run the program
 */
export async function startInContainer(
  request: RunRequest,
  { python, open }: ContainerPlace,
): Promise<RunningCollection> {
  const { workspace, folders = { read: [], written: [] } } = request;
  await using stack = new AsyncDisposableStack();
  const outputs = stack.use(await openOutputs(workspace));
  // The user of the image may be anyone.
  for (const folder of [...folders.written, outputs.folder]) await chmod(folder, 0o777);
  for (const path of outputs.paths) await chmod(path, 0o666);
  const variables = Object.entries(request.env);
  const container = stack.use(
    await open({
      command: [
        python,
        '-I',
        '-S',
        pythonProgram(WATCHER),
        request.cwd,
        '/dev/null',
        ...outputs.paths,
        ...folders.written,
        ...variables.flatMap(([name, value]) => (value === undefined ? ['--unset', name] : [])),
        '--',
        ...request.command,
      ],
      env: Object.fromEntries(
        variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
      ),
      workingFolder: '/',
      stdin: true,
      mounts: [
        ...folders.read.map((folder) => ({ from: folder, to: folder })),
        ...[...folders.written, outputs.folder].map((folder) => ({
          from: folder,
          to: folder,
          writable: true,
        })),
      ],
    }),
  );
  const { cgroup } = container;
  const before = readKillCounters(cgroup, { own: cgroup !== undefined });
  const voice = new ContainerVoice(container);
  const started = await voice.started;
  if (started?.k !== 'started') throw await explainStart(started, container, voice, request);
  const startedAt = BigInt(started.at);
  const inner = new InnerPids();
  const members = (): readonly number[] => {
    const pids = cgroup === undefined ? [] : membersOf(cgroup);
    inner.note(pids);
    return pids.filter((pid) => ![1, started.own].includes(inner.of(pid)));
  };
  members();
  const outerPid = inner.outerOf(started.pid) ?? container.hostPid;
  const watch = new TreeWatch(members, LOOK_EVERY_MS);
  stack.defer(() => watch.stop());
  const kills = cgroup === undefined ? undefined : stack.use(new KillWatch(cgroup, startedAt));
  // When its word is heard here, the command has run for a while: what the group had used by then is no beginning.
  const usedBeforeMs = started.used / 1e6;
  const lastPeak = new PeakKeeper(
    cgroup === undefined ? () => undefined : () => readMemory(cgroup)?.peakBytes,
  );
  stack.use(lastPeak);
  const everything = stack.move();
  return {
    pid: outerPid,
    startedAt,
    ended: endOf(voice, container),
    signal: (name) => voice.signal(name),
    signalled: async () => {
      const said = await voice.signalled;
      return said === undefined ? undefined : BigInt(said.at);
    },
    signalProcess: (pid, name) => voice.signal(name, pid),
    waitsFor: (pid) => {
      const all = living(members());
      const outer =
        inner.outerOf(pid) ?? (pid === container.hostPid ? inner.outerOf(started.pid) : undefined);
      return outer === undefined ? undefined : whatItWaitsFor(outer, all);
    },
    output: () => outputs.read(),
    usage: async (): Promise<TreeUsage> => {
      watch.look();
      const leftBehind = await voice.finish();
      kills?.look();
      lastPeak.look();
      const cpuAfter = cgroup === undefined ? undefined : readCpu(cgroup)?.usageUs;
      const after = readKillCounters(cgroup, { own: cgroup !== undefined });
      watch.stop();
      container.stdin?.end();
      const exit = await container.exited;
      const processes = watch.processes.map((process) => ({ ...process, pid: inner.of(process.pid) }));
      return {
        cpuMs: cpuAfter === undefined ? watch.cpuMs : Math.max(0, cpuAfter / 1000 - usedBeforeMs),
        peak: peakOf(lastPeak.bytes, processes),
        memoryKills: {
          ...attributeContainerKills(attributeKills(before, after), exit, {
            ...(before.cgroups[0]?.limit === undefined ? {} : { limitBytes: before.cgroups[0].limit }),
            seen: kills?.seen !== undefined,
          }),
          ...(kills?.seen === undefined ? {} : { seen: kills.seen }),
        },
        leftBehind,
      };
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/** The most that the kernel counted, kept for when the container ends before anyone asks. */
class PeakKeeper implements Disposable {
  bytes: number | undefined;
  readonly #read: () => number | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(read: () => number | undefined) {
    this.#read = read;
    this.look();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  look(): void {
    const now = this.#read();
    if (now !== undefined) this.bytes = Math.max(this.bytes ?? 0, now);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function peakOf(bytes: number | undefined, processes: PeakMemory['processes']): PeakMemory {
  if (bytes !== undefined) return { bytes, source: 'container', processes };
  const sum = processes.reduce((total, process) => total + process.bytes, 0);
  return { bytes: sum, source: processes.length === 0 ? 'none' : 'high-water-marks', processes };
}

export async function endOf(
  voice: ContainerVoice,
  container: OwnedContainer,
): Promise<Awaited<RunningCollection['ended']>> {
  const ended = await voice.ended;
  if (ended !== undefined) {
    return {
      code: ended.code ?? null,
      signal: ended.signal === undefined ? null : nameOf(ended.signal),
      at: BigInt(ended.at),
    };
  }
  // The whole container was ended, the program that watches included.
  const { code } = await container.exited;
  const at = process.hrtime.bigint();
  return code > 128 ? { code: null, signal: nameOf(code - 128), at } : { code, signal: null, at };
}

function nameOf(number: number): NodeJS.Signals {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return (found?.[0] ?? `SIG${number}`) as NodeJS.Signals;
}

export async function explainStart(
  said: { readonly k: string; readonly at?: string | number; readonly what?: string } | undefined,
  container: OwnedContainer,
  voice: ContainerVoice,
  { cwd, command }: Pick<RunRequest, 'cwd' | 'command'>,
): Promise<Error> {
  if (said?.k === 'problem' && said.at === 'folder') {
    return new UsageError(
      'NO_FOLDER',
      `The image has no folder ${cwd} in which pytest could be started: ${said.what}`,
    );
  }
  if (said?.k === 'problem') {
    return new UsageError('NO_INTERPRETER', `The image cannot start ${command[0]}: ${said.what}`);
  }
  const exit: ContainerExit = await container.exited;
  const words = voice.errors === '' ? '' : `\n${voice.errors}`;
  return new UsageError(
    'NOT_STARTED',
    exit.oomKilled
      ? 'The container was killed for memory before pytest could be started: its limit is too small for a Python'
      : `The container ended with code ${exit.code} before pytest could be started${words}`,
  );
}
