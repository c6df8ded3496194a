import { findCgroup, readCgroupTexts } from '@seaworthy/cgroups';
import {
  EnvironmentMissing,
  NotStarted,
  UsageError,
  engineErrorIn,
  type Environment,
} from '@seaworthy/scenario';
import type { KeeperKind } from '../keeper/keeper-command.ts';
import type { MachineMemory } from '../model/safety.ts';
import type { Sandbox, Tier } from '../model/sandbox.ts';
import { checkTimes } from '../pressure/check-request.ts';
import { floorOf, memoryBudget } from '../safety/budget.ts';
import { readMachineMemory } from '../safety/machine-memory.ts';
import { assembleSandbox } from './assemble-sandbox.ts';
import { chooseLimits, MOST_DECLARED_BYTES } from './choose-limits.ts';
import { leastLimits } from './least-limits.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { TierUnavailable, type OpenedTier, type PlanFor, type TierContext } from './tier-plan.ts';

const DEADLINE_MS = 600_000;

/** Best first. */
const TIERS: readonly {
  readonly tiers: readonly Tier[];
  open(context: TierContext, planFor: PlanFor): Promise<OpenedTier>;
}[] = [
  {
    tiers: ['container'],
    open: async (...args) => (await import('./tiers/container-tier.ts')).openContainerTier(...args),
  },
  {
    tiers: ['cgroup-v2', 'cgroup-v1'],
    open: async (...args) => (await import('./tiers/cgroup-tier.ts')).openCgroupTier(...args),
  },
  {
    tiers: ['rlimit'],
    open: async (...args) => (await import('./tiers/rlimit-tier.ts')).openRlimitTier(...args),
  },
  {
    tiers: ['self-limited'],
    open: async (...args) => (await import('./tiers/rlimit-tier.ts')).openSelfLimitedTier(...args),
  },
];

/**
 * Opens a place with limits of its own in which victims may take all that there is: the best that can be had, found out
 * by doing. Where the subject is an image that is its container and no other place, unless a tier is named. Limits are set first and read back; what is not in force as declared is told in `differences`. While it is
 * open, the free memory of the machine is watched, and it ends at its deadline.
 *
 * @throws UsageError where limits are impossible, too small or more than the budget, or where the tier that was demanded
 *   cannot be had.
 * @throws EnvironmentMissing where the subject is an image, and no container of it can be had.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { environment, signal, request, keepFreeBytes } = options;
  signal.throwIfAborted();
  checkTimes({ deadlineMs: options.deadlineMs });
  const memoryOf = (machine: MachineMemory): MachineMemory => ({
    ...(options.machine ?? machine),
    ...(keepFreeBytes === undefined ? {} : { keepFreeBytes }),
  });
  const notHad: { tier: Tier; why: string }[] = [];
  for (const { tiers, open } of TIERS) {
    if (options.tier !== undefined && !tiers.includes(options.tier)) continue;
    const tier = likelyTier(tiers);
    try {
      if (options.tier !== undefined && options.tier !== tier) {
        throw new TierUnavailable(`this machine has ${tier} instead`);
      }
      const keeper = options.keeper ?? usualKeeper(environment, tier);
      const planFor: PlanFor = (machine) => ({
        ...options,
        without: options.without ?? [],
        keeper,
        deadlineMs: options.deadlineMs ?? DEADLINE_MS,
        limits: chooseLimits({
          request,
          ...(environment.subject?.kind === 'image' ? { declared: environment.subject.limits } : {}),
          mostBytes: options.mostBytes ?? MOST_DECLARED_BYTES,
          budget: memoryBudget(memoryOf(machine)),
          least: leastLimits(keeper, tier),
          keeper: keeper === 'python' ? 'a keeper and a victim in Python' : 'a keeper and a victim',
        }),
      });
      const opened = await open(options, planFor);
      return assembleSandbox(opened, {
        notHad,
        floorBytes: floorOf(memoryOf(readMachineMemory())),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!isReasonForTheNext(error)) throw error;
      demandNoOtherPlace(options, error);
      notHad.push({ tier: options.tier ?? tier, why: error.message });
    }
  }
  const reasons = notHad.map(({ tier, why }) => `${tier}: ${why}`).join('; ');
  throw new UsageError(
    'NO_SANDBOX',
    options.tier === undefined
      ? `No place for victims can be had here (${reasons})`
      : `The sandbox was to be of tier ${options.tier}, which cannot be had here: ${notHad.at(-1)?.why ?? ''}. Leave the tier out to get the best that can.`,
  );
}

/**
 * What is said of an image must have been tried in a container of it: a place beside it, where an engine was lost, is silent or
 * refused a limit, would pass with other limits than those that were declared.
 *
 * @throws EnvironmentMissing
 */
function demandNoOtherPlace({ environment: { subject }, tier }: SandboxOptions, error: Error): void {
  if (subject?.kind !== 'image') return;
  const ofEngine = engineErrorIn(error);
  // A tier that somebody names and that is not there is a mistake; an engine that is lost is none.
  if (tier !== undefined && (tier !== 'container' || ofEngine === undefined)) return;
  const said = error.message.replaceAll(/\s*\n\s*/g, ' ');
  const { name, declaredAt, service } = subject;
  const refused = ofEngine !== undefined && 'code' in ofEngine && ofEngine.code === 'LIMIT_REFUSED';
  const place = declaredAt === undefined ? '' : `${declaredAt.path}:${declaredAt.line ?? 1}`;
  const where = [service === undefined ? '' : `service ${service}`, place]
    .filter((part) => part !== '')
    .join(', ');
  throw new EnvironmentMissing(
    {
      what: refused
        ? `a container of ${name} under the limits that are declared${where === '' ? '' : ` (${where})`}: ${said}`
        : `a container of ${name}: ${said}`,
      how: refused
        ? 'Declare a limit that this engine can give, or run it where the engine can; the setting exhaustion.tier names another place for victims'
        : 'See to it that the engine answers and starts containers of it (seaworthy doctor tells more), and run the scenario again; the setting exhaustion.tier names another place for victims',
    },
    { cause: error },
  );
}

/** Python where there is one: it is what the project itself runs on. */
function usualKeeper({ subject, python }: Environment, tier: Tier): KeeperKind {
  if (tier === 'container')
    return subject?.kind === 'image' && subject.python === undefined ? 'native' : 'python';
  return python === undefined ? 'native' : 'python';
}

/** Of control groups, the version that this machine has. */
function likelyTier(tiers: readonly Tier[]): Tier {
  const version = findCgroup(readCgroupTexts())?.version ?? 2;
  return tiers.find((tier) => tier === `cgroup-v${version}`) ?? (tiers[0] as Tier);
}

/** A place without Python, in a package without the native keeper, or without a shell on the PATH, is as good as not there. */
function isReasonForTheNext(error: unknown): error is Error {
  return (
    error instanceof TierUnavailable ||
    error instanceof NotStarted ||
    (error instanceof UsageError && error.code === 'NO_NATIVE_KEEPER')
  );
}
