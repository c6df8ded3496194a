import { readFileSync } from 'node:fs';
import { onlyDefined } from '@seaworthy/cgroups';
import {
  connectTo,
  EngineError,
  EngineUnavailable,
  startContainer,
  type ContainerEngine,
  type ContainerSpec,
  type OwnedContainer,
} from '@seaworthy/container-engine';
import type { Environment, Subject } from '@seaworthy/scenario';
import { cgroupGauge } from '../../gauge/cgroup-gauge.ts';
import { readDisk } from '../../gauge/disk-figures.ts';
import { keeperGauge } from '../../gauge/keeper-gauge.ts';
import { connectKeeper, type ConnectedKeeper } from '../../keeper/connect-keeper.ts';
import { keeperCommand, type KeeperCommand } from '../../keeper/keeper-command.ts';
import type { Gauge } from '../../model/gauge.ts';
import type { MachineMemory } from '../../model/safety.ts';
import type { InsideView } from '../../model/sandbox.ts';
import { hasSwap, readMachineMemory } from '../../safety/machine-memory.ts';
import { placeSeenBy } from '../host/place-in-memory.ts';
import { complaintsOf, type Complaints } from '../host/complaints.ts';
import {
  TierUnavailable,
  type OpenedTier,
  type PlanFor,
  type TierContext,
  type TierPlan,
} from '../tier-plan.ts';
import { untilAborted } from '../until-aborted.ts';
import { limitsOfContainer } from './container-limits.ts';

type Image = Extract<Subject, { kind: 'image' }>;

const DISK_FOLDER = '/seaworthy-disk';
/** Before everything of the user's, and after its own victims, which have 1000. */
const KEEPER_OOM_SCORE = 500;
/** After the keeper's own deadline, ms. */
const OVERTIME_MS = 2_500;

/**
 * Keeper and victims in a throw-away container of the subject's image, the keeper as its first process. Everything but the
 * disk folder is read-only, and there is no network.
 *
 * @throws TierUnavailable
 */
export async function openContainerTier(context: TierContext, planFor: PlanFor): Promise<OpenedTier> {
  const { environment, signal } = context;
  const { subject } = environment;
  if (subject?.kind !== 'image') {
    throw new TierUnavailable(whyNoImage(environment));
  }
  try {
    const engine = await connectTo(subject.endpoint, { signal });
    return await openIn(engine, subject, planFor(memoryOf(engine)));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError || error instanceof EngineUnavailable) {
      throw new TierUnavailable(error.message, { cause: error });
    }
    throw error;
  }
}

/** Whether an engine answers is known only where somebody has looked: who gives no subject was not asked. */
function whyNoImage({ subject, engine }: Environment): string {
  if (subject === undefined) return 'no image was given (environment.subject is not set)';
  return engine === undefined
    ? 'no container engine answers, or none was given (environment.engine)'
    : 'the subject is this machine, not an image';
}

/** Of another machine, which is all for containers, only the whole is told. */
function memoryOf({ facts }: ContainerEngine): MachineMemory {
  const { memoryBytes } = facts;
  return facts.local ? readMachineMemory() : { totalBytes: memoryBytes, availableBytes: memoryBytes };
}

async function openIn(engine: ContainerEngine, subject: Image, plan: TierPlan): Promise<OpenedTier> {
  await using stack = new AsyncDisposableStack();
  const program = keeperCommand(plan.keeper, {
    ...(subject.python === undefined ? {} : { python: subject.python.executable }),
    ...(plan.keeper === 'native' ? { nativePath: '/.seaworthy/keeper' } : {}),
    deadlineMs: plan.deadlineMs,
  });
  if (program.mount !== undefined && !engine.facts.local) {
    throw new TierUnavailable(
      `${subject.name} has no Python, and the native keeper cannot be brought to an engine on another machine`,
    );
  }
  const container = await startContainer(engine, plan.workspace, specOf(subject, plan, program));
  stack.use(container);
  const keeper = await connect(container, plan);
  const { effective, memorySwapBytes } = await limitsOfContainer(container, keeper, DISK_FOLDER);
  return {
    tier: 'container',
    place: `container of ${subject.name}`,
    plan,
    effective,
    swap: { isThere: !engine.facts.local || hasSwap(), ...onlyDefined({ memorySwapBytes }) },
    diskFolder: DISK_FOLDER,
    gauge: gaugeOf(container, keeper.inside, stack),
    keeper,
    ...onlyDefined({ cgroup: container.cgroup }),
    stack: stack.move(),
  };
}

function specOf(subject: Image, plan: TierPlan, { command, mount }: KeeperCommand): ContainerSpec {
  const { limits, without, deadlineMs } = plan;
  const unless = <Part extends object>(left: (typeof without)[number], part: Part): Part | undefined =>
    without.includes(left) ? undefined : part;
  const { descriptors, diskBytes, memoryBytes } = limits;
  return {
    image: subject.image,
    purpose: 'sandbox',
    command,
    limits: {
      ...unless('memory', { memoryBytes, memorySwapBytes: memoryBytes }),
      ...unless('cpus', { cpus: limits.cpus }),
      ...unless('pids', { pids: limits.pids }),
      ...unless('descriptors', { ulimits: [{ name: 'nofile', soft: descriptors, hard: descriptors }] }),
      tmpfs: [{ path: DISK_FOLDER, ...unless('disk', { bytes: diskBytes }) }],
      ...(subject.limits.shmBytes === undefined ? {} : { shmBytes: subject.limits.shmBytes }),
      readOnlyRoot: true,
    },
    ...(mount === undefined ? {} : { mounts: [mount] }),
    stdin: true,
    oomScoreAdjust: Math.max(KEEPER_OOM_SCORE, ownOomScore()),
    deadlineMs: deadlineMs + OVERTIME_MS,
  };
}

async function connect(container: OwnedContainer, plan: TierPlan): Promise<ConnectedKeeper> {
  const { stdin, stdout, stderr, exited } = container;
  if (stdin === undefined) throw new Error('Expected an input of the container');
  const complaints: Complaints = complaintsOf(stderr);
  const ended = exited.then(({ code, oomKilled }) => ({ code, signal: null, oomKilled }));
  ended.catch(() => {}); // Whoever waits for it is told.
  try {
    return await untilAborted(connectKeeper(stdin, stdout, ended), plan.signal);
  } catch (error) {
    plan.signal.throwIfAborted();
    const said = await complaints.text();
    throw new TierUnavailable(
      `the keeper did not start in the container: ${said === '' ? (error as Error).message : said}`,
      { cause: error },
    );
  }
}

/** The place is looked at from here where this process may (root may), else by the keeper. */
function gaugeOf(
  { cgroup, hostPid }: OwnedContainer,
  inside: InsideView,
  stack: AsyncDisposableStack,
): Gauge {
  if (cgroup === undefined) return keeperGauge(inside, DISK_FOLDER);
  const place = placeSeenBy(hostPid, DISK_FOLDER);
  const visible = readDisk(place) !== undefined;
  const gauge = cgroupGauge(cgroup, () =>
    visible ? readDisk(place) : inside.disk(DISK_FOLDER).catch(() => undefined),
  );
  return stack.use(gauge);
}

function ownOomScore(): number {
  try {
    return Number(readFileSync('/proc/self/oom_score_adj', 'utf8'));
  } catch {
    return 0;
  }
}
