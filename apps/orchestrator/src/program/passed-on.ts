/** Commands that hand what stands behind `--` on to another program. */
const COMMANDS: ReadonlySet<string> = new Set(['collect']);

/**
 * Takes a command line apart at `--`, for those commands: else what is for pytest could not be told from paths of our own.
 */
export function splitPassedOn(argv: readonly string[]): {
  readonly own: readonly string[];
  /** `undefined` where there is no `--`. */
  readonly passedOn: readonly string[] | undefined;
} {
  const at = argv.indexOf('--');
  const command = argv.slice(0, at).find((word) => !word.startsWith('-'));
  if (at === -1 || command === undefined || !COMMANDS.has(command)) return { own: argv, passedOn: undefined };
  return { own: argv.slice(0, at), passedOn: argv.slice(at + 1) };
}
