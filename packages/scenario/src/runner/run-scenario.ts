import type { Environment, Missing } from '../environment.ts';
import type { ScenarioResult } from '../result.ts';
import type { AnyScenario, Judgement } from '../scenario.ts';
import { UsageError } from '../usage-error.ts';
import { openScope } from '../workspace/scope.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Clock } from './clock.ts';
import { attempt, describeReason } from './cut-off.ts';
import { findNonJson } from './json-data.ts';
import { lostEnvironment } from './lost-environment.ts';
import type { ResolvedLimits } from './resolve-limits.ts';
import { decideVerdict } from './verdict.ts';

/** What one run of one scenario needs. */
export interface ScenarioRun {
  readonly scenario: AnyScenario;
  readonly resolved: ResolvedLimits;
  readonly environment: Environment;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  readonly seed: number;
  readonly graceMs: number;
  readonly clock: Clock;
  /** Of `--repeat`, 1-based. */
  readonly repetition?: number;
  /** Called right before anything is done; not for a scenario that is skipped. */
  onStart?(): void;
  progress(message: string): void;
  /** Changes the plan before it is carried out. */
  changePlan?(plan: unknown): unknown;
}

type Outcome = Pick<ScenarioResult, 'verdict'> & Partial<ScenarioResult>;

/**
 * Plans, measures and judges. All that can go wrong in it becomes a verdict: what the scenario throws `error` (but
 * `skipped` where a container engine was lost, or it says what is missing), what
 * is cut off `inconclusive` (and is not judged: a measurement that was stopped half-way says nothing), what was
 * not begun `skipped`. A process or folder that cannot be removed afterwards is a defect of ours too.
 *
 * @throws only the UsageError that a scenario throws: a user's mistake that was found late.
 */
export async function runScenario(run: ScenarioRun): Promise<ScenarioResult> {
  const { scenario, resolved, clock } = run;
  const startedAt = clock.date().toISOString();
  const start = clock.now();
  const outcome = await skipOrMeasure(run).catch(failWith);
  return {
    id: scenario.id,
    title: scenario.title,
    findings: [],
    reasons: [],
    limits: resolved.limits,
    limitSources: resolved.sources,
    metrics: [],
    startedAt,
    durationMs: clock.now() - start,
    ...(run.repetition === undefined ? {} : { repetition: run.repetition }),
    ...outcome,
  };
}

async function skipOrMeasure(run: ScenarioRun): Promise<Outcome> {
  if (run.signal.aborted) return { verdict: 'skipped', missing: missingTime(run.signal), cutOff: 'run' };
  const missing = run.scenario.requires?.(run.environment);
  if (missing !== undefined) return { verdict: 'skipped', missing };
  run.onStart?.();
  const workspace = await openScope(run.workspace, run.scenario.id.replaceAll('/', '-'));
  try {
    const outcome = await measure(run, workspace).catch(failWith);
    const leftover = await workspace[Symbol.asyncDispose]().then(() => ({}), failWith);
    return { ...outcome, ...leftover };
  } catch (mistake) {
    await workspace[Symbol.asyncDispose]().then(undefined, () => {}); // Tried again with the whole workspace.
    throw mistake;
  }
}

function missingTime(signal: AbortSignal): Missing {
  return {
    what: `time: ${describeReason(signal.reason)} before this scenario was started`,
    how: 'Run it again, alone or with a later deadline',
  };
}

async function measure(run: ScenarioRun, workspace: Workspace): Promise<Outcome> {
  const { scenario, environment, resolved, seed } = run;
  const planned: unknown = scenario.plan(environment, resolved.limits);
  const plan = run.changePlan === undefined ? planned : run.changePlan(planned);
  let over = false;
  const progress = (message: string): void => {
    if (!over) run.progress(message);
  };
  const attempted = await attempt<unknown>(
    (signal) => scenario.measure(plan, { environment, workspace, signal, seed, progress }),
    { ...run, budgetMs: scenario.budgetMs },
  );
  over = true;
  if (attempted.kind === 'threw') throw attempted.error;
  if (attempted.kind === 'cut-off') {
    const evidence = 'value' in attempted ? salvage(scenario, attempted.value) : {};
    const reasons = [`It was cut off: ${attempted.reason}.`];
    return { verdict: 'inconclusive', reasons, cutOff: attempted.by, ...evidence };
  }
  const evidence = readEvidence(scenario, attempted.value);
  try {
    const judgement: Judgement = scenario.judge(attempted.value, resolved.limits);
    demandJson(scenario, 'find', judgement, 'judgement');
    return { ...decideVerdict(scenario, judgement), ...evidence };
  } catch (error) {
    return { ...failWith(error), ...evidence };
  }
}

type Evidence = Pick<ScenarioResult, 'observation' | 'metrics'>;

function readEvidence(scenario: AnyScenario, observation: unknown): Evidence {
  demandJson(scenario, 'observe', observation, 'observation');
  const metrics = scenario.metrics(observation);
  demandJson(scenario, 'report', metrics, 'metrics');
  return { observation, metrics };
}

/** All of it goes into the record of the run as it is. */
function demandJson(scenario: AnyScenario, verb: string, value: unknown, name: string): void {
  const problem = findNonJson(value, name);
  if (problem === undefined) return;
  throw new TypeError(`Expected ${scenario.id} to ${verb} plain JSON data, but ${problem}`);
}

/** What was returned after a cut may be anything: half an observation is kept where it can be, and never a defect. */
function salvage(scenario: AnyScenario, observation: unknown): Partial<Evidence> {
  try {
    return readEvidence(scenario, observation);
  } catch {
    return {};
  }
}

function failWith(error: unknown): Outcome {
  if (error instanceof UsageError) throw error;
  const missing = lostEnvironment(error);
  if (missing !== undefined) return { verdict: 'skipped', missing };
  if (!(error instanceof Error)) return { verdict: 'error', error: { message: String(error) } };
  const { stack } = error;
  return { verdict: 'error', error: { message: error.message, ...(stack === undefined ? {} : { stack }) } };
}
