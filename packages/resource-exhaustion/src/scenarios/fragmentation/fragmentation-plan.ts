import type { Environment, Limits } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox, type SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { fragmentationLimits } from './fragmentation-limits.ts';

/** What memory/fragmentation is going to do. */
export interface FragmentationPlan {
  readonly sandbox: SandboxPlan;
  /** Allocated in each round, bytes. */
  readonly bytes: number;
  readonly smallest: number;
  readonly largest: number;
  readonly cycles: number;
  readonly trim: boolean;
  /** `null`: everything is freed. */
  readonly pinEvery: number | null;
  /** In one piece, once everything is freed. */
  readonly pieceBytes: number;
  /** That another process holds meanwhile: a fault. */
  readonly heldBytes: number;
  /** The process is suspended before it is to answer: a fault. */
  readonly suspend: boolean;
  readonly answerMs: number;
  readonly churnMs: number;
}

/** More proves nothing more. */
const MOST = 256_000_000;

/** Half of the limit in blocks, and a piece of half of that afterwards. */
export function planFragmentation(
  environment: Environment,
  limits: Limits<typeof fragmentationLimits>,
  settings: ExhaustionSettings,
): FragmentationPlan {
  const sandbox = planSandbox(environment, settings);
  const bytes = Math.min(MOST, Math.floor(sandbox.request.memoryBytes / 2));
  return {
    sandbox,
    bytes,
    smallest: 1024,
    largest: 256 * 1024,
    cycles: 3,
    trim: true,
    pinEvery: null,
    pieceBytes: Math.floor(bytes / 2),
    heldBytes: 0,
    suspend: false,
    answerMs: limits.maxAnswer,
    churnMs: limits.maxChurn,
  };
}
