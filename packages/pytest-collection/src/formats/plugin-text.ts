import type { PluginCost } from '../model/collection-profile.ts';
import { formatDuration } from './quantity.ts';

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
  if (lowMs <= 0 && highMs >= 0) return 'no difference';
  const range = `${formatDuration(Math.abs(lowMs))} to ${formatDuration(Math.abs(highMs))}`;
  return `${formatDuration(Math.abs(savedMs))} ${savedMs > 0 ? 'less' : 'more'} (${range})`;
}

/** Its most expensive hooks. */
export function hooksText({ hooks }: PluginCost): string {
  return hooks
    .filter(({ wallMs }) => wallMs >= 1)
    .slice(0, 2)
    .map(
      ({ hook, calls, wallMs }) =>
        `${hook} ${formatDuration(wallMs)}${calls > 1 ? ` in ${calls} calls` : ''}`,
    )
    .join(', ');
}
