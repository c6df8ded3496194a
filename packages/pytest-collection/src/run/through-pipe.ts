/** The command as a shell starts it whose pipe takes its output, and whose exit code hides its own. */
export function throughPipe(
  command: readonly [string, ...string[]],
  pipe: string | undefined,
): readonly [string, ...string[]] {
  if (pipe === undefined) return command;
  return ['/bin/sh', '-c', `"$@" | ${pipe}`, 'sh', ...command];
}
