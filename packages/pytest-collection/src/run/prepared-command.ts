/** What a shell is to do before it becomes the command. */
export interface Preparation {
  /** cgroups to go into. */
  readonly cgroups: readonly string[];
  /** A limit of address space, bytes. */
  readonly addressSpace?: number;
}

/** The shell gives up with this code where it cannot do what it is to do; pytest has no such code. */
export const NOT_PREPARED = 125;

const SCRIPT = [
  'space=$1; shift',
  `while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit ${NOT_PREPARED}; shift; done; shift`,
  `[ "$space" = - ] || ulimit -v "$space" || exit ${NOT_PREPARED}`,
  'unset space; exec "$@"',
].join('\n');

/**
 * The command as a shell starts it that first goes where it is to run: the process keeps its number, the arguments keep
 * their bytes, and nothing of the command runs outside of its limits.
 */
export function prepareCommand(
  command: readonly [string, ...string[]],
  preparation: Preparation,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] {
  const { cgroups, addressSpace } = preparation;
  if (cgroups.length === 0 && addressSpace === undefined) return command;
  const space = addressSpace === undefined ? '-' : String(Math.floor(addressSpace / 1024));
  return [
    '/bin/sh',
    '-c',
    SCRIPT,
    'sh',
    space,
    ...cgroups,
    '--',
    ...asItWas(command, environment),
    ...command,
  ];
}

/** A shell sets these itself, and loses variables whose names it cannot use. */
const SET_BY_SHELLS = ['PWD', 'OLDPWD', 'SHLVL', '_', 'space'];

function asItWas(
  [program]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  if (program.includes('=')) return []; // `env` would take it for a variable.
  const present = Object.entries(environment).filter(([, value]) => value !== undefined);
  const touched = present.filter(
    ([name]) => SET_BY_SHELLS.includes(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
  );
  const absent = SET_BY_SHELLS.filter((name) => environment[name] === undefined);
  return [
    'env',
    ...absent.flatMap((name) => ['-u', name]),
    ...touched.map(([name, value]) => `${name}=${value}`),
  ];
}
