import { formatBytes, formatLimit } from '../../formats/quantity.ts';
import type { KilledBy } from '../../model/collection-outcome.ts';
import { projectPath } from '../parts/project-path.ts';
import { allRuns, type FindCause } from './cause-input.ts';
import { growthBefore } from './growth-before.ts';

const WHOSE: Readonly<Record<KilledBy, string>> = {
  'own-limit': 'its memory limit',
  'ancestor-limit': 'the memory limit of a control group around it',
  host: 'the memory of the whole machine',
  'address-space-limit': 'its limit of address space',
  guard: 'the limit of the memory guard',
};

/** The kernel (or the guard) ended a run because of its memory. */
export const killedForMemory: FindCause = ({ profile, runs }) => {
  const run = allRuns(runs).find(({ outcome }) => outcome.kind === 'killed-for-memory');
  if (run?.outcome.kind !== 'killed-for-memory') return [];
  const { by, at, limitBytes, victim } = run.outcome;
  const path = at.path === undefined ? undefined : projectPath(profile.root)(at.path);
  const where = path === undefined ? `in phase ${at.phase}` : `while ${path} was collected`;
  const limit = limitBytes === undefined ? WHOSE[by] : `${WHOSE[by]} of ${formatLimit(limitBytes)}`;
  const grown = growthBefore(run.recording, profile.root);
  const enough = profile.smallestLimit?.passes;
  const raise =
    enough === undefined
      ? 'give it more memory (`docker run --memory`, `mem_limit`)'
      : `give it at least ${formatLimit(enough)} (\`docker run --memory\`, \`mem_limit\`)`;
  return [
    {
      id: 'killed-for-memory',
      message: `killed at ${formatLimit(run.peak.bytes)} by ${limit}, ${where}`,
      certainty: 'certain',
      evidence: [
        `the kernel's counter of kills for memory rose during the run (${by})`,
        ...(victim === undefined ? [] : [`the process killed: ${victim}`]),
        ...(at.importing === undefined ? [] : [`it was importing ${at.importing}`]),
        ...grown.map(({ name, bytes }) => `${name}: +${formatBytes(bytes)}`),
      ],
      fix: grown[0] === undefined ? raise : `${raise}, or make ${grown[0].name} smaller`,
      ...(path !== undefined && { location: { path } }),
    },
  ];
};
