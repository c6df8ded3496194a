import type { RunFigures } from '../../model/collection-profile.ts';
import type { TimeSpan } from '../../model/collection-run.ts';
import type { PeakMemory } from '../../model/peak-memory.ts';
import type { MemorySample, PhaseRecord } from '../../model/recording.ts';
import { phaseName } from './outcome-shape.ts';
import { choice, figure, list, maybe, record, type Shape, text } from './shape.ts';

const peak: Shape<PeakMemory> = record<PeakMemory>({
  bytes: figure,
  source: choice('cgroup-v2', 'cgroup-v1', 'container', 'high-water-marks', 'none'),
  processes: list(record<PeakMemory['processes'][number]>({ pid: figure, command: text, bytes: figure })),
});

export const runShape: Shape<RunFigures> = record<RunFigures>({
  wallMs: figure,
  cpuMs: figure,
  peak,
  pytestSaysMs: maybe(figure),
  gcMs: figure,
  bytecodeHits: figure,
  bytecodeMisses: figure,
  rewriteMs: figure,
  phases: list(
    record<PhaseRecord>({
      name: phaseName,
      atMs: figure,
      wallMs: figure,
      cpuMs: figure,
      memoryBytes: figure,
    }),
  ),
  spans: list(record<TimeSpan>({ name: text, fromMs: figure, toMs: figure })),
  memory: list(record<MemorySample>({ atMs: figure, bytes: figure })),
});
