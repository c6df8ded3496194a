import type { CollectionTarget } from '../model/collection-target.ts';

/** What a person would type to collect the same. */
export function shellCommand({ python, args = [], env = {}, invocation, pipe }: CollectionTarget): string {
  const set = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${quoted(value)}`],
  );
  const unset = Object.entries(env).flatMap(([name, value]) => (value === undefined ? ['-u', name] : []));
  const program = invocation === 'python -m pytest' ? [python, '-m', 'pytest'] : ['pytest'];
  return [
    ...(unset.length > 0 ? ['env', ...unset] : []),
    ...set,
    ...[...program, '--collect-only', ...args].map(quoted),
    ...(pipe === undefined ? [] : ['|', pipe]),
  ].join(' ');
}

/** As a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
