import type { LessThanDeclared } from './less-than-declared.ts';
import type { Sandbox, SandboxLimits, Tier } from '../../model/sandbox.ts';

/** A limit that was asked for, and what is in force; `null`: not limited. */
export interface ObservedDifference {
  readonly name: string;
  readonly declared: number | boolean | null;
  readonly effective: number | boolean | null;
}

/** What a record keeps of the sandbox that a scenario ran in. */
export interface ObservedSandbox {
  readonly tier: Tier;
  /** Better tiers that could not be had, and why. */
  readonly notHad: readonly { readonly tier: Tier; readonly why: string }[];
  /** Such as `container of shop-tests, 256 MiB, 0.25 CPUs`. */
  readonly name: string;
  readonly declared: SandboxLimits;
  /** Read back from the kernel; what is absent is not enforced. */
  readonly effective: Partial<SandboxLimits>;
  readonly differences: readonly ObservedDifference[];
  /** Why it ended before its time; `null` where it did not. */
  readonly lost: string | null;
  /** Where the project declares more memory than a sandbox is given. */
  readonly lessThanDeclared?: LessThanDeclared;
}

/** Plain data of a sandbox. */
export function observeSandbox(
  sandbox: Pick<Sandbox, 'tier' | 'notHad' | 'name' | 'declared' | 'effective' | 'differences'>,
): ObservedSandbox {
  const { tier, name, declared, effective, differences } = sandbox;
  return {
    tier,
    notHad: (sandbox.notHad ?? []).map((one) => ({ tier: one.tier, why: one.why })),
    name,
    declared: { ...declared },
    effective: Object.fromEntries(Object.entries(effective).filter(([, value]) => value !== undefined)),
    differences: differences.map((one) => ({
      name: one.name,
      declared: one.declared ?? null,
      effective: one.effective ?? null,
    })),
    lost: null,
  };
}
