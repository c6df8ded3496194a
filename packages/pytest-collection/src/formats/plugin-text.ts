import type { PluginCost } from '../model/collection-profile.ts';
import { formatDuration, grouped } from './quantity.ts';

/** Where a plugin comes from: `pytest-django 4.9`, `pytest itself`. */
export function originText({ origin, distribution, version }: PluginCost): string {
  if (distribution !== undefined) return version === undefined ? distribution : `${distribution} ${version}`;
  return {
    builtin: 'pytest itself',
    'entry-point': 'installed',
    conftest: 'conftest',
    'command-line': '-p',
    other: '',
  }[origin];
}

/** What collecting again without it has shown; empty where that was not tried. */
export function proofText({ without }: PluginCost): string {
  if (without === undefined) return '';
  const { savedMs, lowMs, highMs, sameTests } = without;
  if (!sameTests) return 'other tests: needed';
  if (lowMs <= 0 && highMs >= 0) return `unproven (${formatDuration(lowMs)} to ${formatDuration(highMs)})`;
  const [least, most] = [Math.abs(lowMs), Math.abs(highMs)].sort((left, right) => left - right);
  const range = `${formatDuration(least!)} to ${formatDuration(most!)}`;
  return `${formatDuration(Math.abs(savedMs))} ${savedMs > 0 ? 'less' : 'more'} (${range})`;
}

/** Its most expensive hooks. */
export function hooksText({ hooks }: PluginCost): string {
  return hooks
    .filter(({ wallMs }) => wallMs >= 1)
    .slice(0, 2)
    .map(
      ({ hook, calls, wallMs }) =>
        `${hook} ${formatDuration(wallMs)}${calls > 1 ? ` in ${grouped(calls)} calls` : ''}`,
    )
    .join(', ');
}
