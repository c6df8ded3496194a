import type { Fault } from '@seaworthy/scenario';
import type { SandboxLimits } from '../../model/sandbox.ts';
import { bytesAsText } from './amounts.ts';
import type { ObservedSandbox } from './observed-sandbox.ts';
import { leavingOut, type SandboxPlan } from './sandbox-plan.ts';

const WAYS = {
  memoryBytes: { id: 'no-memory-limit', left: 'memory', words: 'memory limit', text: bytesAsText },
  cpus: { id: 'no-quota', left: 'cpus', words: 'CPU quota', text: (cores: number) => `${cores} cores` },
  descriptors: {
    id: 'no-descriptor-limit',
    left: 'descriptors',
    words: 'limit of open files',
    text: String,
  },
} as const satisfies Partial<Record<keyof SandboxLimits, unknown>>;

/** The fault that every scenario has which rests on a limit: the sandbox is made without it, and it is still declared. */
export function withoutLimit<
  Plan extends { readonly sandbox: SandboxPlan },
  Observation extends { readonly sandbox: ObservedSandbox },
>(limit: keyof typeof WAYS): Fault<Plan, Observation> {
  const { id, left, words, text } = WAYS[limit];
  return {
    id,
    breaks: `the sandbox is made without its ${words}`,
    raises: 'LIM000',
    inject: (plan) => leavingOut(plan, left),
    applied: ({ sandbox: { declared, effective } }) => {
      const found = effective[limit];
      return found === declared[limit]
        ? undefined
        : `${text(declared[limit])} were declared, and the kernel said ${found === undefined ? 'no limit' : text(found)}`;
    },
  };
}
