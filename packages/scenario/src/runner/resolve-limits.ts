import { inspect } from 'node:util';
import type { LimitOverrides, LimitSources, LimitSpec } from '../limits.ts';
import { nearestName } from '../nearest-name.ts';
import type { AnyScenario } from '../scenario.ts';
import { UsageError } from '../usage-error.ts';

export interface ResolvedLimits {
  readonly limits: Readonly<Record<string, number>>;
  readonly sources: LimitSources;
}

/**
 * The limits in force for a scenario: its defaults, changed by what the user configured.
 *
 * @throws UsageError `UNKNOWN_LIMIT`, `INVALID_LIMIT` (not a number) or `LIMIT_OUT_OF_RANGE`.
 */
export function resolveLimits(scenario: AnyScenario, overrides?: LimitOverrides): ResolvedLimits {
  const specs = scenario.limits as Readonly<Record<string, LimitSpec>>;
  const limits: Record<string, number> = {};
  const sources: Record<string, string> = {};
  for (const [name, spec] of Object.entries(specs)) {
    limits[name] = spec.default;
    sources[name] = 'default';
  }
  for (const [name, value] of Object.entries(overrides?.values ?? {})) {
    const source = overrides?.source ?? '';
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) throw unknownLimit(scenario.id, name, Object.keys(specs), source);
    limits[name] = checkValue(
      `the limit "${name}" of ${scenario.id} (${spec.description})`,
      value,
      spec,
      source,
    );
    sources[name] = source;
  }
  return { limits, sources };
}

function unknownLimit(id: string, name: string, known: readonly string[], source: string): UsageError {
  const nearest = nearestName(name, known);
  const advice =
    nearest !== undefined
      ? `Did you mean "${nearest}"?`
      : known.length > 0
        ? `It has: ${known.join(', ')}.`
        : 'It has none.';
  return new UsageError('UNKNOWN_LIMIT', `${source}: the scenario ${id} has no limit "${name}". ${advice}`);
}

function checkValue(what: string, value: unknown, spec: LimitSpec, source: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    const got =
      typeof value === 'string' ? JSON.stringify(value) : inspect(value, { depth: 1, breakLength: Infinity });
    throw new UsageError('INVALID_LIMIT', `${source}: expected a number for ${what}, got ${got}.`);
  }
  const { min = 0, max = Infinity } = spec;
  if (value < min || value > max) {
    const range = max === Infinity ? `at least ${min}` : `between ${min} and ${max}`;
    throw new UsageError(
      'LIMIT_OUT_OF_RANGE',
      `${source}: expected a value ${range} for ${what}, got ${value}. The default is ${spec.default}.`,
    );
  }
  return value;
}
