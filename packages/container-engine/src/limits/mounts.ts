import { unescapeMountPath, type ContainerLimits } from '@seaworthy/scenario';

export interface Mount {
  readonly at: string;
  readonly type: string;
  readonly readOnly: boolean;
  /** Bytes, where the file system was given a size. */
  readonly bytes?: number;
}

export type PlacesInMemory = Pick<ContainerLimits, 'shmBytes' | 'tmpfs' | 'readOnlyRoot' | 'init'>;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
/** Where engines put their init program into a container: Docker, Podman. */
const INIT_PROGRAMS: ReadonlySet<string> = new Set([
  '/sbin/docker-init',
  // Where /sbin is a link to it, as in Debian since 12.
  '/usr/sbin/docker-init',
  '/dev/init',
  '/run/podman-init',
  '/usr/bin/podman-init',
]);
/** Memory that every container gets and nobody asks for: device files and what an engine hides of /proc and /sys. */
const OF_THE_ENGINE = /^\/(dev|proc|sys|run\/\.containerenv|run\/secrets)(\/|$)/;

/** Lines of `/proc/<pid>/mountinfo`, see proc_pid_mountinfo(5). */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [front, back] = line.split(' - ');
    const [, , , , at, options] = front?.split(' ') ?? [];
    const [type, , superOptions = ''] = back?.split(' ') ?? [];
    if (at === undefined || options === undefined || type === undefined) return [];
    const size = /(?:^|,)size=(\d+)([kmg]?)(?:,|$)/i.exec(superOptions);
    const bytes = size === null ? undefined : Number(size[1]) * (UNITS[size[2]?.toLowerCase() ?? ''] ?? 1);
    const readOnly = options.split(',').includes('ro');
    return [{ at: unescapeMountPath(at), type, readOnly, ...(bytes === undefined ? {} : { bytes }) }];
  });
}

/** What of a container lies in memory or may not be written to. Of several mounts at one place the last one counts. */
export function placesInMemory(mounts: readonly Mount[]): PlacesInMemory {
  const last = new Map(mounts.map((mount) => [mount.at, mount]));
  const shm = last.get('/dev/shm');
  const tmpfs = [...last.values()]
    .filter(({ type, at }) => type === 'tmpfs' && !OF_THE_ENGINE.test(at))
    .map(({ at, bytes }) => (bytes === undefined ? { path: at } : { path: at, bytes }));
  return {
    ...(shm?.bytes === undefined ? {} : { shmBytes: shm.bytes }),
    tmpfs,
    readOnlyRoot: last.get('/')?.readOnly === true,
    init: [...INIT_PROGRAMS].some((program) => last.has(program)),
  };
}
