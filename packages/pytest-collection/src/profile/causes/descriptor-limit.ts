import { formatDuration, grouped } from '../../formats/quantity.ts';
import { allRuns, type FindCause } from './cause-input.ts';
import { LEAST_MS } from './worth-telling.ts';

/** A very high limit of open files makes some programs close a million descriptors; a low one is soon reached. */
export const descriptorLimit: FindCause = ({ runs, machine }) => {
  const limit = machine?.descriptors;
  if (machine === undefined || limit === undefined) return [];
  if (machine.spawnMs !== undefined && machine.spawnMs >= LEAST_MS) {
    return [
      {
        id: 'descriptor-limit',
        message: `starting a program from Python takes ${formatDuration(machine.spawnMs)} longer because the limit of open files is ${grouped(limit.soft)}`,
        certainty: 'certain',
        savesMs: machine.spawnMs,
        evidence: [`measured: a program started with its descriptors closed, and with them left`],
        fix: 'docker run --ulimit nofile=1024:524288',
      },
    ];
  }
  const open = Math.max(0, ...allRuns(runs).map(({ recording }) => recording.leftovers?.descriptors ?? 0));
  if (open < 0.7 * limit.soft) return [];
  return [
    {
      id: 'descriptor-limit',
      message: `at the end of collection ${grouped(open)} files are open, and the limit is ${grouped(limit.soft)}`,
      certainty: 'certain',
      evidence: [`soft limit ${grouped(limit.soft)}, hard limit ${grouped(limit.hard)}`],
      fix: 'close what modules open while they are imported, or raise the limit: docker run --ulimit nofile=65536',
    },
  ];
};
