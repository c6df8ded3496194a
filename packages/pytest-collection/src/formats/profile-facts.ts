import { basename } from 'node:path';
import type { CollectionProfile, RunFigures } from '../model/collection-profile.ts';

/** The run that the details of a profile are of: warm where there is one. */
export function mainRun({ runs }: CollectionProfile): RunFigures | undefined {
  return runs.warm ?? runs.cold;
}

/** What a profile is of: the name of its folder. */
export function projectName({ root }: CollectionProfile): string {
  return basename(root) || root;
}

/** A path as a reader likes it: relative to the project where it lies inside. */
export function shownPath(path: string, root: string): string {
  const inside = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(inside) ? path.slice(inside.length) : path;
}

const LABELS: Readonly<Record<string, string>> = {
  'start-up': 'Python starts',
  import: 'pytest is imported',
  configure: 'plugins and first conftests',
  collect: 'files are collected',
  modify: 'hooks on the collected tests',
  report: 'tests are listed',
  unconfigure: 'pytest tears down',
  exit: 'Python exits',
  teardown: 'processes end',
};

/** What happens in a phase, in words; the name itself where it is none that we know. */
export function phaseLabel(name: string): string {
  return Object.hasOwn(LABELS, name) ? LABELS[name]! : name;
}

/** A stretch of the whole wall time, with what its phase used beside it where that is known. */
export interface PhaseSpan {
  readonly name: string;
  readonly fromMs: number;
  readonly wallMs: number;
  readonly cpuMs?: number;
  readonly memoryBytes?: number;
}

/** The whole wall time of a run in its order. */
export function phaseSpans(run: RunFigures): PhaseSpan[] {
  return run.spans.map(({ name, fromMs, toMs }) => {
    const phase = run.phases.find((candidate) => candidate.name === name);
    const used = phase === undefined ? {} : { cpuMs: phase.cpuMs, memoryBytes: phase.memoryBytes };
    return { name, fromMs, wallMs: toMs - fromMs, ...used };
  });
}

/** What lies outside the time that pytest prints; missing where pytest never printed any. */
export function hiddenMs({ wallMs, pytestSaysMs }: RunFigures): number | undefined {
  return pytestSaysMs === undefined ? undefined : Math.max(0, wallMs - pytestSaysMs);
}

/** The part of the whole wall time that pytest's own figure covers, as far as it can be placed. */
export function countedByPytest(
  run: RunFigures,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  const collect = run.spans.find(({ name }) => name === 'collect');
  if (run.pytestSaysMs === undefined || collect === undefined) return undefined;
  // Its clock starts with the session, a little before the first file.
  const fromMs = Math.max(0, Math.min(collect.fromMs, run.wallMs - run.pytestSaysMs));
  return { fromMs, toMs: Math.min(run.wallMs, fromMs + run.pytestSaysMs) };
}
