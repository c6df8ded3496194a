import type { Judgement } from '@seaworthy/scenario';
import type { ExerciseResult } from '../../src/model/exhaustion.ts';
import type { SandboxLimits } from '../../src/model/sandbox.ts';
import type { ObservedSandbox } from '../../src/scenarios/sandbox/observed-sandbox.ts';

export const MIB: number = 2 ** 20;

const DECLARED: SandboxLimits = {
  memoryBytes: 100 * MIB,
  cpus: 0.25,
  pids: 64,
  descriptors: 1024,
  diskBytes: 48 * MIB,
};

/** A container in which every limit is in force. */
export const observedSandbox = (change: Partial<ObservedSandbox> = {}): ObservedSandbox => ({
  tier: 'container',
  notHad: [],
  name: 'container of shop-tests, 100 MiB, 0.25 CPUs',
  declared: DECLARED,
  effective: DECLARED,
  differences: [],
  lost: null,
  ...change,
});

/** One in which a limit is not. */
export function sandboxWithout(
  name: keyof SandboxLimits,
  change: Partial<ObservedSandbox> = {},
): ObservedSandbox {
  const { [name]: _left, ...effective } = DECLARED;
  return observedSandbox({ effective, ...change });
}

export const ALL_WORKS: ExerciseResult = {
  answered: true,
  answerMs: 2,
  reservedRead: true,
  openFile: true,
  spawn: true,
  importModule: true,
};

/** Of a process that has no descriptor left but its reserve. */
export const FULL: ExerciseResult = { ...ALL_WORKS, openFile: false, spawn: false, importModule: false };

/** `LIM000 name of its limit`, severity only where it is no error. */
export const codesOf = ({ findings }: Judgement): string[] =>
  findings.map(({ code, severity }) => (severity === 'error' ? code : `${code} (${severity})`));
