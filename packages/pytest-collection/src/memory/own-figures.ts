import type { TreeUsage } from '../model/collection-runner.ts';
import type { PeakMemory } from '../model/peak-memory.ts';
import type { Recording } from '../model/recording.ts';

/**
 * Completes what was seen from outside, where only looks now and then were possible, with what the pytest process itself
 * told last: neither can be more than the truth.
 */
export function withOwnFigures(
  usage: Pick<TreeUsage, 'cpuMs' | 'peak'>,
  recording: Pick<Recording, 'python' | 'ownPeakBytes' | 'ownCpuMs'>,
): { readonly cpuMs: number; readonly peak: PeakMemory } {
  const cpuMs = Math.max(usage.cpuMs, recording.ownCpuMs ?? 0);
  const { peak } = usage;
  const { python, ownPeakBytes } = recording;
  if (python === undefined || ownPeakBytes === undefined) return { cpuMs, peak };
  const seen = peak.processes.find(({ pid }) => pid === python.pid);
  const own = {
    pid: python.pid,
    command: seen?.command ?? python.executable,
    bytes: Math.max(seen?.bytes ?? 0, ownPeakBytes),
  };
  const others = peak.processes.filter((process) => process !== seen);
  const processes = [own, ...others].sort((a, b) => b.bytes - a.bytes);
  if (peak.source !== 'high-water-marks' && peak.source !== 'none') {
    return { cpuMs, peak: { ...peak, processes } };
  }
  const bytes = processes.reduce((sum, process) => sum + process.bytes, 0);
  return { cpuMs, peak: { bytes, source: 'high-water-marks', processes } };
}
