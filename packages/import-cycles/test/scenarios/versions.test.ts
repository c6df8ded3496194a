import { openWorkspace } from '@seaworthy/scenario';
import type { AnyScenario, MeasureContext, PythonInterpreter, Workspace } from '@seaworthy/scenario';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importScenarios } from '../../src/scenarios/index.ts';
import type { PerformancePlan } from '../../src/scenarios/performance/performance-plan.ts';
import type { ThreadsPlan } from '../../src/scenarios/threads/threads-plan.ts';
import { findPythons } from '../find-pythons.ts';
import { defaultsOf, environmentOf } from './environment-of.ts';

const pythons = findPythons();
const scenarios = importScenarios({}).filter(({ id }) => id !== 'imports/project');

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

/** Fewer repetitions than by default: what is asked here is whether the programs work, not how fast imports are. */
function shortened(id: string, plan: unknown): unknown {
  if (id === 'imports/performance') {
    return { ...(plan as PerformancePlan), pairs: { least: 3, most: 3 } } satisfies PerformancePlan;
  }
  if (id === 'imports/threads') {
    return { ...(plan as ThreadsPlan), trials: { least: 4, most: 4 } } satisfies ThreadsPlan;
  }
  return plan;
}

async function errorsOf(
  scenario: AnyScenario,
  python: PythonInterpreter,
  change: (plan: unknown) => unknown = (plan) => plan,
): Promise<string[]> {
  const environment = environmentOf('/', python);
  const limits = defaultsOf(scenario.limits as Record<string, { default: number }>);
  const folder = await workspace.makeFolder(`${scenario.id.replaceAll('/', '-')}-${python.version}`);
  let made = 0;
  const context: MeasureContext = {
    environment,
    workspace: {
      ...workspace,
      folder,
      makeFolder: (name) =>
        workspace.makeFolder(
          `${python.version}-${scenario.id.slice(8)}-${name}-${(made += 1)}-${Math.random()}`,
        ),
      spawn: (...args) => workspace.spawn(...args),
    },
    signal: AbortSignal.timeout(60_000),
    seed: 0,
    progress: () => undefined,
  };
  const plan = shortened(scenario.id, change(scenario.plan(environment, limits))) as never;
  const { findings } = scenario.judge((await scenario.measure(plan, context)) as never, limits);
  return findings.filter((finding) => finding.severity === 'error').map((finding) => finding.code);
}

describe.each(pythons.map((python) => [python.version, python] as const))('CPython %s', (_, python) => {
  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', async (_id, scenario) => {
    expect(await errorsOf(scenario, python)).toEqual([]);
  });

  it.each(['lock-and-import-in-opposite-order', 'defines-below-the-import'])('threads: %s', async (id) => {
    const threads = scenarios.find((scenario) => scenario.id === 'imports/threads');
    const fault = threads?.faults.find((one) => one.id === id);
    if (threads === undefined || fault === undefined) throw new Error(`There is no fault ${id}`);
    expect(await errorsOf(threads, python, (plan) => fault.inject(plan as never))).toEqual([fault.raises]);
  });
});

it(`covers the interpreters of this machine: ${pythons.map((python) => python.version).join(', ')}`, () => {
  expect(pythons.length).toBeGreaterThan(0);
});
