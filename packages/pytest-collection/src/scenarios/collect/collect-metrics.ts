import type { Metric } from '@seaworthy/scenario';
import type { ObservedCollection } from './observed-collection.ts';

/** The figures and the memory curve of one collection, for the record. */
export function collectMetrics(observed: ObservedCollection, prefix = ''): readonly Metric[] {
  const { wallMs, cpuMs, waitedForCpuMs, peak, found, expected, errors, memory, phases, leftBehind } =
    observed;
  const tests = found?.tests ?? 0;
  const metrics: Metric[] = [
    { name: 'duration', unit: 'ms', value: wallMs },
    { name: 'cpu', unit: 'ms', value: cpuMs },
    ...(waitedForCpuMs === null
      ? []
      : [{ name: 'cpu.waited', unit: 'ms', value: waitedForCpuMs } satisfies Metric]),
    { name: 'tests.found', unit: 'count', value: tests },
    { name: 'tests.expected', unit: 'count', value: expected.tests },
    { name: 'files.found', unit: 'count', value: found?.files ?? 0 },
    { name: 'tests.rate', unit: 'per-second', value: wallMs > 0 ? (1000 * tests) / wallMs : 0 },
    { name: 'errors', unit: 'count', value: errors },
    { name: 'left-behind', unit: 'count', value: leftBehind.length },
    ...(peak.source === 'none'
      ? []
      : [{ name: 'peak-memory', unit: 'bytes', value: peak.bytes } satisfies Metric]),
    ...(memory.length === 0
      ? []
      : [
          {
            name: 'memory',
            unit: 'bytes',
            value: Math.max(...memory.map((point) => point.bytes)),
            series: memory.map(({ atMs, bytes }) => ({ x: atMs, y: bytes })),
          } satisfies Metric,
        ]),
    ...phases.flatMap((phase): Metric[] => [
      { name: `phase.${phase.name}.duration`, unit: 'ms', value: phase.wallMs },
      { name: `phase.${phase.name}.memory`, unit: 'bytes', value: phase.memoryBytes },
    ]),
  ];
  return metrics.map((metric) => ({ ...metric, name: `${prefix}${metric.name}` }));
}
