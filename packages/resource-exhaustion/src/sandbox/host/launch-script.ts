/** What the launcher sets before the keeper takes its place. */
export interface LaunchLimits {
  /** RLIMIT_NOFILE. */
  readonly descriptors?: number;
  /** RLIMIT_DATA, bytes: heap and anonymous mappings, which Python and Node turn into errors that can be caught. */
  readonly dataBytes?: number;
  /** RLIMIT_FSIZE, bytes of one file; only where there is no place of a size of its own. */
  readonly fileBytes?: number;
  /** RLIMIT_CPU, seconds: ends what goes on and on. */
  readonly cpuSeconds?: number;
  /** Mounts a place in memory of this size over the disk folder; the mount is in a namespace that ends with the keeper. */
  readonly tmpfsBytes?: number;
}

/** Waits for a line, so that it is in its cgroup before it takes any memory; reading back tells what could be set. */
const SCRIPT = `read -r go || exit 97
[ "$1" = - ] || ulimit -n "$1" 2>/dev/null || :
[ "$2" = - ] || ulimit -d "$2" 2>/dev/null || :
[ "$3" = - ] || ulimit -f "$3" 2>/dev/null || :
[ "$4" = - ] || ulimit -t "$4" 2>/dev/null || :
if [ "$5" != - ]; then mount -t tmpfs -o "size=$5,mode=1777,nosuid,nodev" seaworthy "$6" || exit 98; fi
shift 6
exec "$@"`;

/** Program and arguments; write a line to its standard input and it becomes the command. */
export function launchCommand(
  limits: LaunchLimits,
  diskFolder: string,
  command: readonly [string, ...string[]],
): [string, ...string[]] {
  const { descriptors, dataBytes, fileBytes, cpuSeconds, tmpfsBytes } = limits;
  // In units of 1 KiB and, for files, of 512 bytes: sh(1).
  const values = [
    descriptors,
    dataBytes === undefined ? undefined : Math.ceil(dataBytes / 1024),
    fileBytes === undefined ? undefined : Math.ceil(fileBytes / 512),
    cpuSeconds,
    tmpfsBytes,
  ].map((value) => (value === undefined ? '-' : String(value)));
  const shell = ['sh', '-c', SCRIPT, 'sh', ...values, diskFolder, ...command] as const;
  return tmpfsBytes === undefined ? [...shell] : [...OWN_MOUNTS, ...shell];
}

/** Starts a program whose mounts nobody else sees, and that are gone when it and its children are. */
export const OWN_MOUNTS = ['unshare', '--mount', '--propagation', 'private'] as const;
