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
import { countDescriptors } from './open-descriptors.ts';

/**
 * Reads the files of the sandbox's cgroup on this machine.
 *
 * @param disk of the place that victims write to, from wherever it can be seen.
 */
export function cgroupGauge(
  cgroup: Cgroup,
  disk: () => GaugeReading['disk'] | Promise<GaugeReading['disk']>,
): Gauge {
  return {
    source: 'cgroup-files',
    read: async () => {
      const at = process.hrtime.bigint();
      const figures = {
        memory: readMemory(cgroup),
        cpu: readCpu(cgroup),
        kills: readKills(cgroup),
        pids: readPids(cgroup),
        descriptors: countDescriptors(membersOf(cgroup)),
      };
      return { at, ...onlyDefined({ ...figures, disk: await disk() }) };
    },
  };
}
