import type { RunFigures } from '../../model/collection-profile.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import type { Recording } from '../../model/recording.ts';

/** The figures of a run as a profile keeps them. */
export function runFigures(run: CollectionRun): RunFigures {
  const { recording } = run;
  const says = whatPytestSays(recording);
  return {
    wallMs: run.wallMs,
    cpuMs: run.cpuMs,
    peak: run.peak,
    phases: recording.phases,
    spans: run.spans,
    ...(says !== undefined && { pytestSaysMs: says }),
    memory: recording.memory,
    gcMs: recording.garbage.wallMs,
    bytecodeHits: recording.sources.filter((source) => source.hit).length,
    bytecodeMisses: recording.sources.filter((source) => !source.hit).length,
    rewriteMs: recording.sources.reduce((sum, source) => sum + source.rewriteMs, 0),
  };
}

/** pytest's clock runs from the start of the session to its end: without start-up, configuration and what follows the summary. */
function whatPytestSays({ phases }: Recording): number | undefined {
  const start = phases.find((phase) => phase.name === 'collect');
  const end = phases.find((phase) => phase.name === 'unconfigure');
  return start === undefined || end === undefined ? undefined : end.atMs - start.atMs;
}
