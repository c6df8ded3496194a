import {
  membersOf,
  onlyDefined,
  readCpu,
  readKills,
  readMemory,
  readPids,
  type Cgroup,
} from '@seaworthy/cgroups';
import type { Gauge, GaugeReading } from '../model/gauge.ts';
import { keepFiles } from './kept-files.ts';
import { countDescriptors } from './open-descriptors.ts';

/**
 * Reads the files of the sandbox's cgroup on this machine, which stay open until it is disposed of.
 *
 * @param disk of the place that victims write to, from wherever it can be seen.
 */
export function cgroupGauge(
  cgroup: Cgroup,
  disk: () => GaugeReading['disk'] | Promise<GaugeReading['disk']>,
): Gauge & Disposable {
  const { read, [Symbol.dispose]: close } = keepFiles();
  return {
    source: 'cgroup-files',
    read: async () => {
      const at = process.hrtime.bigint();
      const figures = {
        memory: readMemory(cgroup, read),
        cpu: readCpu(cgroup, read),
        kills: readKills(cgroup, read),
        pids: readPids(cgroup, read),
        descriptors: countDescriptors(membersOf(cgroup)),
      };
      return { at, ...onlyDefined({ ...figures, disk: await disk() }) };
    },
    [Symbol.dispose]: close,
  };
}
