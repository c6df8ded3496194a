import type { PytestFacts } from '../../model/recording.ts';

/** What `-n` was given, by `addopts` or on the command line: a number, `auto` or `logical`; the last one counts. */
export function requestedWorkers({
  args,
}: Pick<PytestFacts, 'args'>): number | 'auto' | 'logical' | undefined {
  let found: string | undefined;
  args.forEach((arg, at) => {
    const match = /^(?:-n|--numprocesses)(?:=?(.+))?$/.exec(arg);
    if (match) found = match[1] ?? args[at + 1];
  });
  if (found === 'auto' || found === 'logical') return found;
  const count = Number(found);
  return found !== undefined && Number.isInteger(count) && count > 0 ? count : undefined;
}
