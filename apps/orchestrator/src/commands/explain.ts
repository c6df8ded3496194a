import { UsageError } from '@seaworthy/scenario';
import type { AnyScenario, FindingKind, LimitSpec } from '@seaworthy/scenario';
import { formatQuantity } from '@seaworthy/reports';
import { EXIT } from '../exit-code.ts';
import { didYouMean } from '../options/choose.ts';
import { styleFor } from '../options/style.ts';
import { loadScenarios } from '../scenarios/load-scenarios.ts';
import type { Surroundings } from '../surroundings.ts';
import { bold, dim } from './paint.ts';

export interface ExplainOptions {
  /** A finding code, in any case, or a scenario id. */
  readonly subject: string;
  readonly color: boolean | undefined;
}

/** Prints the long text of a finding code or of a scenario. */
export async function explain(
  { subject, color: flag }: ExplainOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, cwd } = surroundings;
  const { color } = styleFor(stdout, surroundings, flag);
  const scenarios = loadScenarios({ values: {}, folder: cwd, place: () => 'default' });
  const scenario = scenarios.find(({ id }) => id === subject);
  const code = subject.toUpperCase();
  const raisers = scenarios.filter(({ findings }) => Object.hasOwn(findings, code));
  const kind = raisers[0]?.findings[code];
  if (scenario !== undefined) stdout.write(scenarioText(scenario, color));
  else if (kind !== undefined) stdout.write(findingText(code, kind, raisers, color));
  else {
    const codes = new Set(scenarios.flatMap(({ findings }) => Object.keys(findings)));
    const ids = scenarios.map(({ id }) => id);
    const hint = didYouMean(subject, [...codes, ...ids]);
    throw new UsageError(
      'UNKNOWN_CODE',
      `There is no finding or scenario ${JSON.stringify(subject)}.${hint} Findings: ${[...codes].sort().join(', ')}.`,
    );
  }
  return EXIT.passed;
}

function findingText(
  code: string,
  kind: FindingKind,
  raisers: readonly AnyScenario[],
  color: boolean,
): string {
  return [
    `${bold(`${code} ${kind.title}`, color)}`,
    '',
    kind.meaning,
    '',
    bold('Usual causes', color),
    ...kind.causes.map((text) => `  - ${text}`),
    '',
    bold('What to do', color),
    ...kind.fixes.map((text) => `  - ${text}`),
    '',
    dim(`Raised by ${raisers.map(({ id }) => id).join(', ')}`, color),
    '',
  ].join('\n');
}

function scenarioText(scenario: AnyScenario, color: boolean): string {
  const limits = Object.entries(scenario.limits as Readonly<Record<string, LimitSpec>>);
  const nameWidth = Math.max(0, ...limits.map(([name]) => name.length));
  const values = limits.map(([, spec]) => formatQuantity({ value: spec.default, unit: spec.unit }));
  const valueWidth = Math.max(0, ...values.map((value) => value.length));
  return [
    bold(`${scenario.id} ${scenario.title}`, color),
    '',
    `Catches: ${scenario.catches}`,
    '',
    bold('Limits (seaworthy.config.ts, or --limit id.name=value)', color),
    ...limits.map(
      ([name, spec], index) =>
        `  ${name.padEnd(nameWidth)}  ${(values[index] ?? '').padStart(valueWidth)}  ${spec.description}`,
    ),
    '',
    bold('Findings (seaworthy explain CODE)', color),
    ...Object.entries(scenario.findings).map(([code, { title }]) => `  ${code}  ${title}`),
    '',
    bold('Faults that prove it (seaworthy prove)', color),
    ...scenario.faults.map(({ id, breaks, raises }) => `  ${id}: ${breaks} -> ${raises}`),
    '',
  ].join('\n');
}
