import { UsageError } from '@seaworthy/scenario';
import type { AnyScenario, FindingKind, LimitSpec } from '@seaworthy/scenario';
import { formatQuantity, wrapIndented } from '@seaworthy/reports';
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
  const { color, width } = styleFor(stdout, surroundings, flag);
  const scenarios = loadScenarios({ values: {}, folder: cwd, place: () => 'default' });
  const scenario = scenarios.find(({ id }) => id === subject);
  const code = subject.toUpperCase();
  const raisers = scenarios.filter(({ findings }) => Object.hasOwn(findings, code));
  const kind = raisers[0]?.findings[code];
  if (scenario !== undefined) stdout.write(scenarioText(scenario, color, width));
  else if (kind !== undefined) stdout.write(findingText(code, kind, raisers, color, width));
  else {
    const codes = new Set(scenarios.flatMap(({ findings }) => Object.keys(findings)));
    const ids = scenarios.map(({ id }) => id);
    const hint = didYouMean(subject.includes('/') ? subject : code, [...codes, ...ids]);
    throw new UsageError(
      'UNKNOWN_CODE',
      `There is no finding or scenario ${JSON.stringify(subject)}.${hint} Each code stands in the report of its finding; seaworthy list shows all codes and scenarios.`,
    );
  }
  return EXIT.passed;
}

function findingText(
  code: string,
  kind: FindingKind,
  raisers: readonly AnyScenario[],
  color: boolean,
  width: number,
): string {
  return [
    `${bold(`${code} ${kind.title}`, color)}`,
    '',
    wrapIndented(kind.meaning, width, 0),
    '',
    bold('Usual causes', color),
    ...kind.causes.map((text) => item(text, width)),
    '',
    bold('What to do', color),
    ...kind.fixes.map((text) => item(text, width)),
    '',
    dim(wrapIndented(`Raised by ${raisers.map(({ id }) => id).join(', ')}`, width - 2, 2), color),
    '',
  ].join('\n');
}

const item = (text: string, width: number): string => `  - ${wrapIndented(text, width - 4, 4)}`;

function scenarioText(scenario: AnyScenario, color: boolean, width: number): string {
  const limits = Object.entries(scenario.limits as Readonly<Record<string, LimitSpec>>);
  const nameWidth = Math.max(0, ...limits.map(([name]) => name.length));
  const values = limits.map(([, spec]) => formatQuantity({ value: spec.default, unit: spec.unit }));
  const valueWidth = Math.max(0, ...values.map((value) => value.length));
  return [
    bold(`${scenario.id} ${scenario.title}`, color),
    '',
    wrapIndented(`Catches: ${scenario.catches}`, width - 9, 9),
    '',
    bold('Limits (seaworthy.config.ts, or --limit id.name=value)', color),
    ...limits.map(
      ([name, spec], index) =>
        `  ${name.padEnd(nameWidth)}  ${(values[index] ?? '').padStart(valueWidth)}  ${wrapIndented(spec.description, Math.max(20, width - nameWidth - valueWidth - 6), nameWidth + valueWidth + 6)}`,
    ),
    '',
    bold('Findings (seaworthy explain CODE)', color),
    ...Object.entries(scenario.findings).map(([code, { title }]) => `  ${code}  ${title}`),
    '',
    bold('Faults that prove it (seaworthy prove)', color),
    ...scenario.faults.map(
      ({ id, breaks, raises }) => `  ${wrapIndented(`${id}: ${breaks} -> ${raises}`, width - 4, 4)}`,
    ),
    '',
  ].join('\n');
}
