import type { Controller } from '../model/cgroup.ts';

/** What can be read of a cgroup while it lives. */
export type FigureKind = 'memory' | 'cpu' | 'kills' | 'pids';

/** Texts of a cgroup's files by their names, such as `memory.stat`; what could not be read is absent. */
export type CgroupFileTexts = Readonly<Record<string, string | undefined>>;

/** The files that the parsers read, by version and kind, each in the folder of its controller. */
export const FIGURE_FILES: Readonly<
  Record<1 | 2, Readonly<Record<FigureKind, readonly { controller: Controller; file: string }[]>>>
> = {
  1: {
    memory: files('memory', [
      'memory.usage_in_bytes',
      'memory.max_usage_in_bytes',
      'memory.stat',
      'memory.kmem.usage_in_bytes',
    ]),
    kills: files('memory', ['memory.oom_control']),
    cpu: [...files('cpu', ['cpu.stat']), ...files('cpuacct', ['cpuacct.usage'])],
    pids: files('pids', ['pids.current', 'pids.events']),
  },
  2: {
    memory: files('memory', ['memory.current', 'memory.peak', 'memory.stat']),
    kills: files('memory', ['memory.events', 'memory.events.local']),
    cpu: files('cpu', ['cpu.stat']),
    pids: files('pids', ['pids.current', 'pids.events']),
  },
};

function files(controller: Controller, names: readonly string[]): { controller: Controller; file: string }[] {
  return names.map((file) => ({ controller, file }));
}
