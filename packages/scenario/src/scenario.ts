import type { Environment, Missing } from './environment.ts';
import type { Finding, FindingCatalogue } from './finding.ts';
import type { LimitSpecs, Limits } from './limits.ts';
import type { Metric } from './observation.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What a scenario takes of the machine while it runs: the scheduler's only knowledge of it. */
export interface Footprint {
  /** Cores it keeps busy. */
  readonly cores: number;
  /** Bytes it may hold at its peak. */
  readonly memoryBytes: number;
  /** Its timing or memory figures mean nothing when something else runs: it gets the machine to itself. */
  readonly exclusive?: boolean;
}

/** What `measure` is given besides its plan. Time, chance and the outside come in here, so tests need no patching. */
export interface MeasureContext {
  readonly environment: Environment;
  /** Temp folders and processes made through it are gone afterwards, also after `kill -9`. */
  readonly workspace: Workspace;
  /** Fires when the user interrupts or the scenario's budget is used up. */
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Tells a human what is going on; not part of the result. */
  progress(message: string): void;
}

/** What a judge makes of an observation. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** Why nothing can be said (pressure not reached, machine too busy), with the figures. */
  readonly inconclusive?: readonly string[];
}

/**
 * One way in which the thing that a scenario checks can be missing. `prove` injects it and demands that exactly this
 * finding is raised.
 */
export interface Fault<Plan, Observation> {
  /** Unique inside its scenario, kebab-case. */
  readonly id: string;
  /** What is taken away or broken, as a phrase: "the finder misses edges of function level". */
  readonly breaks: string;
  /** The code of the finding that must be raised, as an error. */
  readonly raises: string;
  /** Returns a plan with the fault in it; the plan given stays as it is. */
  inject(plan: Plan): Plan;
  /** What in the observation shows that the fault was really in place; `undefined`: it was not. */
  applied(observation: Observation): string | undefined;
}

/**
 * A check of one thing. `plan` says what is going to be done, `measure` does it and returns plain data, `judge` is a
 * pure function from that data and the limits to findings, so that it can be tested without a machine and run again
 * on an old record.
 */
export interface Scenario<Specs extends LimitSpecs = LimitSpecs, Plan = never, Observation = never> {
  /** `group/name`. */
  readonly id: string;
  readonly title: string;
  /** What goes wrong in a project that this scenario catches. */
  readonly catches: string;
  readonly tags: readonly string[];
  readonly limits: Specs;
  readonly footprint: Footprint;
  /** How long one run may take, in ms, before it is aborted. */
  readonly budgetMs: number;
  /** The codes that its judge can raise. */
  readonly findings: FindingCatalogue;
  /** The one thing that is missing to run here, or `undefined`. */
  requires?(environment: Environment): Missing | undefined;
  plan(environment: Environment, limits: Limits<Specs>): Plan;
  measure(plan: Plan, context: MeasureContext): Promise<Observation>;
  judge(observation: Observation, limits: Limits<Specs>): Judgement;
  /** Numbers and curves for the run record. */
  metrics(observation: Observation): readonly Metric[];
  readonly faults: readonly Fault<Plan, Observation>[];
}

/** Any scenario, its types forgotten: what the runner and the orchestrator work with. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyScenario = Scenario<any, any, any>;

/** Checks a definition's form when it is loaded, and infers every type from it. */
export function defineScenario<const Specs extends LimitSpecs, Plan, Observation>(
  definition: Scenario<Specs, Plan, Observation>,
): Scenario<Specs, Plan, Observation> {
  if (!/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(definition.id)) {
    throw new TypeError(
      `Expected a scenario id of the form group/name, got ${JSON.stringify(definition.id)}`,
    );
  }
  for (const fault of definition.faults) {
    if (!(fault.raises in definition.findings)) {
      throw new TypeError(
        `Expected ${definition.id}'s fault ${fault.id} to raise one of its findings, got ${fault.raises}`,
      );
    }
  }
  return definition;
}
