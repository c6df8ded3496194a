import { UsageError } from '@seaworthy/scenario';
import { didYouMean } from '../options/choose.ts';
import type { Configuration } from './configuration.ts';
import { KEYS, configurationSchema } from './schema.ts';

/**
 * Checks a configuration's form. All that is wrong with it is told at once, each with its place.
 *
 * @param place gives `file:line` of a key.
 * @throws UsageError `BAD_CONFIGURATION`
 */
export function checkConfiguration(
  value: unknown,
  place: (path: readonly string[]) => string,
): Configuration {
  const checked = configurationSchema.safeParse(value);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys')
      return [
        `${place(path)}: ${path.join('.') || 'the configuration'}: ${issue.message}, got ${show(value, path)}`,
      ];
    return issue.keys.map((key) => {
      const allowed = KEYS[path.join('.')] ?? KEYS[path[0] ?? ''] ?? [];
      return `${place([...path, key])}: unknown key ${JSON.stringify([...path, key].join('.'))}.${didYouMean(key, allowed)} Known here: ${allowed.join(', ')}.`;
    });
  });
  throw new UsageError(
    'BAD_CONFIGURATION',
    `The configuration cannot be used:\n${problems.map((text) => `  ${text}`).join('\n')}`,
  );
}

function show(value: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
  return typeof found === 'number' ? String(found) : (JSON.stringify(found) ?? typeof found);
}
