import type { ContainerLimits } from '@seaworthy/scenario';

type Ulimits = NonNullable<ContainerLimits['ulimits']>;

/** Names that `docker run --ulimit` and compose files use, by those in `/proc/<pid>/limits`; see proc_pid_limits(5). */
const NAMES: Readonly<Record<string, string>> = {
  'Max cpu time': 'cpu',
  'Max file size': 'fsize',
  'Max data size': 'data',
  'Max stack size': 'stack',
  'Max core file size': 'core',
  'Max resident set': 'rss',
  'Max processes': 'nproc',
  'Max open files': 'nofile',
  'Max locked memory': 'memlock',
  'Max address space': 'as',
  'Max file locks': 'locks',
  'Max pending signals': 'sigpending',
  'Max msgqueue size': 'msgqueue',
  'Max nice priority': 'nice',
  'Max realtime priority': 'rtprio',
  'Max realtime timeout': 'rttime',
};

/** The limits of one process by the text of `/proc/<pid>/limits`; -1: no limit. */
export function parseProcessLimits(text: string): Ulimits {
  return text.split('\n').flatMap((line) => {
    const row = /^(Max [a-z ]+?)\s+(\d+|unlimited)\s+(\d+|unlimited)/.exec(line);
    const name = NAMES[row?.[1] ?? ''];
    if (row === null || name === undefined) return [];
    return [{ name, soft: toNumber(row[2]), hard: toNumber(row[3]) }];
  });
}

function toNumber(text: string | undefined): number {
  return text === 'unlimited' ? -1 : Number(text);
}
