import type { Environment } from '@seaworthy/scenario';
import type { SandboxLimits, Tier } from '../../model/sandbox.ts';
import type { LeftOut } from '../../sandbox/sandbox-options.ts';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { bytesAsText } from './amounts.ts';
import type { LessThanDeclared } from './less-than-declared.ts';

/** The sandbox that a scenario is going to ask for. */
export interface SandboxPlan {
  readonly request: SandboxLimits;
  /** `null`: the best that can be had. */
  readonly tier: Tier | null;
  readonly without: readonly LeftOut[];
  /** So much memory stays free on the machine, bytes; `null`: the usual floor. */
  readonly keepFreeBytes: number | null;
  /** Where the project declares more memory than a sandbox is given. */
  readonly lessThanDeclared?: LessThanDeclared;
}

const MIB = 2 ** 20;
const MOST_MEMORY = 2 ** 30;
const DISK_SHARE = 0.4;
const MOST_DISK = 1_000_000_000;

const USUAL: SandboxLimits = {
  memoryBytes: 256 * MIB,
  cpus: 1,
  pids: 64,
  descriptors: 1024,
  diskBytes: 16 * MIB,
};

/**
 * What the project declares for its image, where it declares anything, else what the settings or the scenario want. Never more
 * than 1 GiB of memory and 1 GB of disk: a share of a limit says the same about a small limit as about a large one.
 */
export function planSandbox(
  environment: Environment,
  settings: ExhaustionSettings,
  wanted: Partial<SandboxLimits> = {},
): SandboxPlan {
  const declared = environment.subject?.kind === 'image' ? environment.subject.limits : {};
  const files = declared.ulimits?.find(({ name }) => name === 'nofile')?.soft;
  const memory =
    limit(declared.memoryBytes) ?? settings.memoryBytes ?? wanted.memoryBytes ?? USUAL.memoryBytes;
  const memoryBytes = Math.min(memory, MOST_MEMORY);
  const disk = Math.min(settings.diskBytes ?? wanted.diskBytes ?? USUAL.diskBytes, MOST_DISK);
  return {
    request: {
      memoryBytes,
      cpus: limit(declared.cpus) ?? wanted.cpus ?? USUAL.cpus,
      pids: limit(declared.pids) ?? wanted.pids ?? USUAL.pids,
      descriptors: limit(files) ?? settings.descriptors ?? wanted.descriptors ?? USUAL.descriptors,
      // It is memory, and leaves the keeper and the victims their room.
      diskBytes: Math.min(disk, Math.floor(memoryBytes * DISK_SHARE)),
    },
    tier: settings.tier ?? null,
    without: [],
    keepFreeBytes: settings.keepFreeBytes ?? null,
    ...(memory > memoryBytes && memory === declared.memoryBytes
      ? { lessThanDeclared: { declaredBytes: memory, because: whyLess(memory, environment) } }
      : {}),
  };
}

function whyLess(declaredBytes: number, { memoryBytes }: Environment): string {
  const least = `no sandbox is given more than ${bytesAsText(MOST_MEMORY)}`;
  return declaredBytes > memoryBytes ? `${least}, and this machine has ${bytesAsText(memoryBytes)}` : least;
}

/** A plan that takes no more memory than it needs: where a scenario is about something else, less of it must be free. */
export function withMemoryOf(plan: SandboxPlan, bytes: number): SandboxPlan {
  const { request, lessThanDeclared: _, ...rest } = plan;
  const memoryBytes = Math.min(
    request.memoryBytes,
    Math.max(bytes, Math.ceil(request.diskBytes / DISK_SHARE)),
  );
  return { ...rest, request: { ...request, memoryBytes } };
}

/** 0 and negative numbers in a declaration mean that there is no limit, as for `docker run`. */
function limit(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** A plan with other limits in its sandbox. */
export function withLimits<Plan extends { readonly sandbox: SandboxPlan }>(
  plan: Plan,
  limits: Partial<SandboxLimits>,
): Plan {
  return { ...plan, sandbox: { ...plan.sandbox, request: { ...plan.sandbox.request, ...limits } } };
}

/** A plan whose sandbox lacks limits: a saboteur of every scenario here. */
export function leavingOut<Plan extends { readonly sandbox: SandboxPlan }>(
  plan: Plan,
  ...without: readonly LeftOut[]
): Plan {
  return { ...plan, sandbox: { ...plan.sandbox, without: [...plan.sandbox.without, ...without] } };
}
