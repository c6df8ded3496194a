import { onlyDefined, parseCpuFigures, parseKills, parseMemoryFigures, parsePids } from '@seaworthy/cgroups';
import type { Gauge } from '../model/gauge.ts';
import type { InsideView } from '../model/sandbox.ts';

/** Asks the keeper for the kernel's files as they are inside: where the sandbox's cgroup cannot be seen from this machine. */
export function keeperGauge(inside: InsideView, diskFolder: string): Gauge {
  return {
    source: 'keeper',
    read: async () => {
      const at = process.hrtime.bigint();
      const [{ version, texts }, processes, disk] = await Promise.all([
        inside.cgroupTexts(),
        inside.processes(),
        inside.disk(diskFolder).catch(() => undefined),
      ]);
      const counts = processes.flatMap(({ pid, descriptors }) =>
        descriptors === undefined ? [] : [[pid, descriptors] as const],
      );
      const figures =
        version === 0
          ? {}
          : {
              memory: parseMemoryFigures(texts, version),
              cpu: parseCpuFigures(texts, version),
              kills: parseKills(texts, version),
              pids: parsePids(texts),
            };
      return { at, descriptors: new Map(counts), ...onlyDefined({ ...figures, disk }) };
    },
  };
}
