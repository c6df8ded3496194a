import { resolveLimits } from '@seaworthy/scenario';
import type { AnyScenario, LimitOverrides, ScenarioResult } from '@seaworthy/scenario';
import { LIMIT_OPTION } from '@seaworthy/reports';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import type { LimitOption } from '../options/limit-option.ts';
import { checkScenarioId } from './select-scenarios.ts';

/** What the user changed of the scenarios' limits, and where each change stands. */
export interface LimitsInForce {
  readonly overrides: ReadonlyMap<string, LimitOverrides>;
  /** Puts the exact place of each limit into a result. */
  withSources(result: ScenarioResult): ScenarioResult;
}

/**
 * Joins the limits of the configuration and of the command line, which wins, and checks each of them.
 *
 * @throws UsageError that names the place, for a scenario or limit that does not exist and for values out of range.
 */
export function limitsInForce(
  scenarios: readonly AnyScenario[],
  configuration: Pick<LoadedConfiguration, 'values' | 'place'>,
  options: readonly LimitOption[],
): LimitsInForce {
  const ids = scenarios.map(({ id }) => id);
  const changes = new Map<string, Map<string, { readonly value: number; readonly source: string }>>();
  const change = (id: string, name: string, value: number, source: string): void => {
    const scenario = scenarios.find((candidate) => candidate.id === id);
    // One at a time: so the error names the place of this one.
    if (scenario !== undefined) resolveLimits(scenario, { values: { [name]: value }, source });
    const ofScenario = changes.get(id) ?? new Map<string, { value: number; source: string }>();
    changes.set(id, ofScenario.set(name, { value, source }));
  };
  for (const [id, settings] of Object.entries(configuration.values.scenarios ?? {})) {
    checkScenarioId(id, ids, `${configuration.place(['scenarios', id])}: `);
    for (const [name, value] of Object.entries(settings.limits ?? {}))
      change(id, name, value, configuration.place(['scenarios', id, 'limits', name]));
  }
  for (const { id, name, value } of options) {
    checkScenarioId(id, ids, '--limit: ');
    change(id, name, value, LIMIT_OPTION);
  }
  const sourceOf = (id: string, name: string): string | undefined => changes.get(id)?.get(name)?.source;
  return {
    overrides: new Map(
      [...changes].map(([id, values]) => [
        id,
        {
          values: Object.fromEntries([...values].map(([name, { value }]) => [name, value])),
          source: [...new Set([...values.values()].map(({ source }) => source))].join(', '),
        },
      ]),
    ),
    withSources: (result) => ({
      ...result,
      limitSources: Object.fromEntries(
        Object.entries(result.limitSources).map(([name, source]) => [
          name,
          sourceOf(result.id, name) ?? source,
        ]),
      ),
    }),
  };
}
