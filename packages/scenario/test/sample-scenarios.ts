import { defineScenario } from '../src/scenario.ts';
import type { AnyScenario, Fault, Judgement, MeasureContext, Scenario } from '../src/scenario.ts';
import type { Environment } from '../src/environment.ts';

export const environment: Environment = { project: { root: '/project' }, cores: 2, memoryBytes: 1000 };

const finding = (title: string): { title: string; meaning: string; causes: string[]; fixes: string[] } => ({
  title,
  meaning: `${title}.`,
  causes: [],
  fixes: [],
});

export interface Plan {
  readonly degrees: number;
  readonly insulated: boolean;
}

export interface Reading {
  readonly degrees: number;
  readonly insulated: boolean;
  readonly seed: number;
}

const limits = {
  warmest: { unit: 'count', default: 30, min: -50, max: 100, description: 'warmest allowed, in degrees' },
  coldest: { unit: 'count', default: 10, description: 'coldest allowed, in degrees' },
} as const;

type Changes = Partial<Omit<Scenario<typeof limits, Plan, Reading>, 'measure' | 'faults' | 'footprint'>> & {
  measure?(plan: Plan, context: MeasureContext): Promise<unknown>;
  faults?: Partial<Fault<Plan, Reading>>[];
  footprint?: Partial<AnyScenario['footprint']>;
};

/** A whole scenario: reads a thermometer that shows what it is told to. Tests change the part that they are about. */
export function thermometer(changes: Changes = {}): AnyScenario {
  const fault = {
    breaks: 'the heating',
    raises: 'HOT',
    applied: (reading: Reading) => `${reading.degrees} degrees`,
  };
  return defineScenario({
    id: 'sample/thermometer',
    title: 'Thermometer',
    catches: 'heat and cold',
    tags: [],
    limits,
    budgetMs: 10_000,
    findings: { HOT: finding('too hot'), COLD: finding('too cold'), DAMP: finding('damp') },
    plan: () => ({ degrees: 20, insulated: true }),
    measure: async (plan, { seed }) => ({ ...plan, seed }),
    judge: judgeReading,
    metrics: ({ degrees }) => [{ name: 'degrees', unit: 'count', value: degrees }],
    ...(changes as object),
    footprint: { cores: 1, memoryBytes: 100, ...changes.footprint },
    faults: (changes.faults ?? []).map((given, index) => ({
      id: `fault-${index + 1}`,
      inject: (plan: Plan) => plan,
      ...fault,
      ...given,
    })),
  });
}

function judgeReading(
  reading: Reading,
  { warmest, coldest }: Record<keyof typeof limits, number>,
): Judgement {
  const findings: Judgement['findings'] = [
    ...(reading.degrees > warmest ? [error('HOT', reading, warmest, 'most')] : []),
    ...(reading.degrees < coldest ? [error('COLD', reading, coldest, 'least')] : []),
    ...(reading.insulated ? [] : [{ code: 'DAMP', severity: 'warning', message: 'Not insulated.' } as const]),
  ];
  return {
    findings,
    ...(reading.degrees === 0 ? { inconclusive: ['It shows 0, which may mean nothing.'] } : {}),
  };
}

function error(
  code: string,
  { degrees }: Reading,
  limit: number,
  bound: 'most' | 'least',
): Judgement['findings'][0] {
  return {
    code,
    severity: 'error',
    message: `It is ${degrees} degrees.`,
    measured: { value: degrees, unit: 'count' },
    limit: { name: bound === 'most' ? 'warmest' : 'coldest', bound, value: limit, unit: 'count' },
  };
}
