const HEAD = '"$@" | ';

/** The command as a shell starts it whose pipe takes its output, and whose exit code hides its own. */
export function throughPipe(
  command: readonly [string, ...string[]],
  pipe: string | undefined,
): readonly [string, ...string[]] {
  if (pipe === undefined) return command;
  return ['/bin/sh', '-c', `${HEAD}${pipe}`, 'sh', ...command];
}

/** The pipe of a command that {@link throughPipe} made. */
export function pipeOf([shell, , script = '']: readonly string[]): string | undefined {
  return shell === '/bin/sh' && script.startsWith(HEAD) ? script.slice(HEAD.length) : undefined;
}
