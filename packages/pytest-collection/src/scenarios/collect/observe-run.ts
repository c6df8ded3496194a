import type { CollectionRun } from '../../model/collection-run.ts';
import type { Recording } from '../../model/recording.ts';
import type { GeneratedTree } from '../../model/tree-spec.ts';
import { dearestOf } from './dearest.ts';
import type { ObservedCollection } from './observed-collection.ts';
import { plainData } from './plain-data.ts';

const CURVE_POINTS = 100;
const ERRORS_KEPT = 20;
const PRINTED_KEPT = 2000;

/** What is known of a run besides the run itself. */
export interface RunSurroundings {
  readonly tree: GeneratedTree;
  readonly share: number;
  readonly waitedForCpuMs: number | null;
}

/** Reduces a run of a generated tree to plain data of a bounded size. */
export function observeRun(
  run: CollectionRun,
  { tree, share, waitedForCpuMs }: RunSurroundings,
): ObservedCollection {
  const { recording, outcome, peak } = run;
  const observed: ObservedCollection = {
    expected: { files: tree.files, tests: tree.tests },
    share,
    outcome:
      outcome.kind === 'errors' ? { ...outcome, errors: outcome.errors.slice(0, ERRORS_KEPT) } : outcome,
    errors: outcome.kind === 'errors' ? outcome.errors.length : 0,
    found: foundIn(recording),
    hash: recording.items?.sortedHash ?? null,
    wallMs: run.wallMs,
    cpuMs: run.cpuMs,
    waitedForCpuMs,
    peak: { bytes: peak.bytes, source: peak.source },
    phases: recording.phases.map(({ name, wallMs, cpuMs, memoryBytes }) => ({
      name,
      wallMs,
      cpuMs,
      memoryBytes,
    })),
    memory: thinned(recording.memory, CURVE_POINTS),
    dearest: dearestOf(recording),
    plugins: (recording.pytest?.plugins ?? [])
      .filter((plugin) => plugin.origin === 'entry-point')
      .map(({ name, version }) => (version === undefined ? name : `${name} ${version}`)),
    bytecode: run.bytecode,
    leftBehind: run.leftBehind,
    printed: run.output.stderr.slice(-PRINTED_KEPT),
    python: recording.python?.version ?? '',
    pytest: recording.pytest?.version ?? '',
  };
  return plainData(observed, tree.root);
}

function foundIn({ items }: Recording): ObservedCollection['found'] {
  if (items === undefined) return null;
  return {
    tests: items.found - items.deselected,
    files: items.files.filter((file) => file.found > file.deselected).length,
    deselected: items.deselected,
  };
}

/** At most so many points of a curve, its first, last and highest among them. */
export function thinned(
  curve: readonly { readonly atMs: number; readonly bytes: number }[],
  points: number,
): readonly { readonly atMs: number; readonly bytes: number }[] {
  if (curve.length <= points) return curve;
  const highest = curve.reduce((top, point, i) => (point.bytes > (curve[top]?.bytes ?? 0) ? i : top), 0);
  const kept = new Set([highest, curve.length - 1]);
  for (let i = 0; i < points - 2; i++) kept.add(Math.floor((i * curve.length) / (points - 2)));
  return curve.filter((_, i) => kept.has(i));
}
