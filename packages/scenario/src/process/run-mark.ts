/**
 * The environment variable by which a process is known as ours, wherever in the process tree it ended up: children
 * inherit it through forks, `setsid` and reparenting. Its value is a `:` separated list of marks, because a tool
 * that is itself owned by a run (a test of Seaworthy, say) starts processes that belong to both.
 */
export const MARK_VARIABLE = 'SEAWORTHY_RUN';

/** Values of an environment in which `undefined` takes a variable away. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The environment with one more mark in it. */
export function withMark(environment: EnvironmentVariables, mark: string): EnvironmentVariables {
  const before = environment[MARK_VARIABLE];
  return { ...environment, [MARK_VARIABLE]: before === undefined ? mark : `${before}:${mark}` };
}

/** The marks in the text of an environment whose variables are separated by `separator`. */
export function marksIn(environment: string, separator: string): readonly string[] {
  const prefix = `${MARK_VARIABLE}=`;
  // With a separator before it, the first variable is found like any other.
  const found = `${separator}${environment}`.indexOf(separator + prefix);
  if (found === -1) return [];
  const start = found + prefix.length;
  const end = environment.indexOf(separator, start);
  return environment.slice(start, end === -1 ? undefined : end).split(':');
}
