/**
 * Runs in a container of an engine on control groups of version 2, with the machine's control groups before it, and prints what it
 * found as one line of JSON for the test that started it. A plain program: an emulated processor has no time for more.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findCgroup,
  makeCgroup,
  readCgroupTexts,
  readCpu,
  readEffectiveLimits,
  readKills,
  readMemory,
  readPids,
  type Cgroup,
} from '@seaworthy/cgroups';
import {
  attributeDeath,
  exhaustCpu,
  exhaustMemory,
  openSandbox,
  victimEvidence,
} from '../../../src/index.ts';
import { openWorkspace, type Environment, type Workspace } from '@seaworthy/scenario';
import { LIMITS, SANDBOX, type CgroupReport, type Found, type SandboxReport } from './found.ts';

const signal = new AbortController().signal;
const patience = { signal, timeoutMs: 300_000 };
const environment: Environment = {
  project: { root: '/' },
  cores: 1,
  memoryBytes: 2 ** 30,
  python: { executable: '/usr/bin/python3', version: '3.11.2', implementation: 'CPython' },
};

const own = findCgroup(readCgroupTexts());
if (own?.folders.memory === undefined) throw new Error('This container sees no control group of its own');

async function seeCgroup(workspace: Workspace, within: Cgroup): Promise<CgroupReport> {
  const before = passedOn(within);
  const cgroup = await makeCgroup(workspace, LIMITS, 'seen', { within });
  if (cgroup === undefined)
    return { made: false, passedOn: [before, passedOn(within)], type: typeOf(within) };
  const folder = cgroup.folders[0] ?? '';
  const files = ['memory.max', 'memory.swap.max', 'cpu.max', 'pids.max'];
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const child = workspace.spawn('sleep', ['1000'], {});
  cgroup.add(child.pid);
  const effective = readEffectiveLimits(cgroup.cgroup);
  const { memory, cpu, pids, kills } = {
    memory: readMemory(cgroup.cgroup),
    cpu: readCpu(cgroup.cgroup),
    pids: readPids(cgroup.cgroup),
    kills: readKills(cgroup.cgroup),
  };
  await child[Symbol.asyncDispose]();
  await cgroup[Symbol.asyncDispose]();
  return {
    made: true,
    folders: cgroup.folders,
    texts,
    limits: cgroup.limits,
    own: Object.values(effective).every((limit) => limit.own),
    figures: { memory, cpu, pids, kills },
    isLeft: existsSync(folder),
    passedOn: [before, passedOn(within)],
    type: typeOf(within),
  };
}

function passedOn({ folders }: Cgroup): string {
  return readFileSync(join(folders.memory ?? '', 'cgroup.subtree_control'), 'utf8').trim();
}

function typeOf({ folders }: Cgroup): string {
  return readFileSync(join(folders.memory ?? '', 'cgroup.type'), 'utf8').trim();
}

/** As a service manager that delegates gives one: empty, and ours. */
async function seeDelegated(workspace: Workspace): Promise<CgroupReport> {
  const folder = '/sys/fs/cgroup/delegated';
  mkdirSync(folder);
  try {
    const folders = { memory: folder, cpu: folder, pids: folder };
    const top = '/sys/fs/cgroup';
    return await seeCgroup(workspace, { version: 2, folders, tops: { memory: top, cpu: top, pids: top } });
  } finally {
    rmdirSync(folder);
  }
}

async function seeSandbox(workspace: Workspace, keeper: 'python' | 'native'): Promise<SandboxReport> {
  const options = { environment, workspace, signal, request: SANDBOX, tier: 'cgroup-v2', keeper } as const;
  await using sandbox = await openSandbox(options);
  const facts = await sandbox.keeper.inside.cgroupTexts();
  const held = await exhaustMemory(sandbox, { ...patience, share: 0.75, workers: 2, holdMs: 500 });
  const busy = await exhaustCpu(sandbox, { ...patience, share: 1, durationMs: 3_000 });
  const over = await exhaustMemory(sandbox, { ...patience, overLimitShare: 0.1 });
  const [death] = over.deaths;
  return {
    tier: sandbox.tier,
    effective: sandbox.effective,
    differences: sandbox.differences,
    gauge: sandbox.gauge.source,
    keeperVersion: facts.version,
    keeperFiles: Object.keys(facts.texts),
    held: plain(held),
    busy,
    over: plain(over),
    ...(death === undefined
      ? {}
      : { ending: death.ending, death: attributeDeath(victimEvidence(death, sandbox)) }),
  };
}

/** Without the course, which is long. */
function plain<Run extends { readonly curve: unknown }>({ curve: _, ...run }: Run): Omit<Run, 'curve'> {
  return run;
}

const start = performance.now();
const seconds: Record<string, number> = {};
async function timed<Result>(name: string, work: Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work;
  seconds[name] = (performance.now() - begun) / 1e3;
  return result;
}

await using workspace = await timed('workspace', openWorkspace());
const found: Found = {
  startSeconds: start / 1e3,
  seconds,
  own,
  beside: await timed('beside', seeCgroup(workspace, own)),
  delegated: await timed('delegated', seeDelegated(workspace)),
  closed: await timed('closed', seeCgroup(workspace, { ...own, tops: own.folders })),
  python: await timed('python', seeSandbox(workspace, 'python')),
  native: await timed('native', seeSandbox(workspace, 'native')),
};
writeFileSync(1, `${JSON.stringify(found)}\n`);
