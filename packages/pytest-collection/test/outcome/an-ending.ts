import type { Ending } from '../../src/outcome/ending.ts';
import type { Position, Recording } from '../../src/model/recording.ts';

export const AT: Position = { phase: 'collect', path: '/p/test_a.py', atMs: 900 };

/** A recording of a run that got into a test file and was not heard of any more. */
export function aRecording(changes: Partial<Recording> = {}): Recording {
  return {
    python: {
      executable: '/usr/bin/python3',
      version: '3.12.1',
      implementation: 'cpython',
      pid: 100,
      dontWriteBytecode: false,
    },
    phases: [],
    collectors: [],
    conftests: [],
    imports: [],
    sources: [],
    hooks: [],
    errors: [],
    memory: [],
    garbage: { runs: [0, 0, 0], wallMs: 0 },
    last: AT,
    ...changes,
  };
}

/** The end of that run, with exit code 0 and nothing to explain it. */
export function anEnding(changes: Partial<Ending> = {}): Ending {
  return {
    exit: { code: 0, signal: null },
    recording: aRecording(),
    usage: usageWith({}),
    stacks: [],
    ...changes,
  };
}

/** @param source of the peak: only a cgroup of the run's own knows its victims */
export function usageWith(
  kills: Partial<Ending['usage']['memoryKills']>,
  source: Ending['usage']['peak']['source'] = 'cgroup-v1',
): Ending['usage'] {
  return {
    cpuMs: 1,
    peak: {
      bytes: 1,
      source,
      processes: [
        { pid: 101, command: 'worker', bytes: 3 },
        { pid: 100, command: 'python pytest', bytes: 2 },
      ],
    },
    memoryKills: { own: 0, ancestors: 0, host: 0, ...kills },
    leftBehind: [],
  };
}
