const LONGEST = 160;

/** A process of a run as a reader knows it: our own recorder's command line would tell him nothing. */
export function shownProcess(command: string): string {
  const line = command.split('\n', 1)[0] ?? '';
  if (command.includes('collect_main.py --rows ')) {
    return /^\S*sh -c /.test(line) ? "the shell of pytest's pipe" : 'a fork of pytest itself';
  }
  const whole = line === command && line.length <= LONGEST;
  return whole ? line : `${line.slice(0, LONGEST)} ...`;
}
