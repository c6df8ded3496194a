import { formatBytes, formatLimit } from '../../formats/quantity.ts';
import type { KilledBy } from '../../model/collection-outcome.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import { projectPath } from '../parts/project-path.ts';
import { allRuns, type CauseInput, type FindCause } from './cause-input.ts';
import { growthBefore } from './growth-before.ts';
import { hookPlaces } from './hook-places.ts';
import { requestedWorkers } from './requested-workers.ts';
import { type KilledForMemory, placeOfKill } from './kill-text.ts';

const WHOSE: Readonly<Record<Exclude<KilledBy, 'guard'>, string>> = {
  'own-limit': 'its memory limit',
  'ancestor-limit': 'the memory limit of a control group around it',
  host: 'the memory of the whole machine',
  'address-space-limit': 'its limit of address space',
};

/** The kernel (or the guard) ended a run because of its memory. */
export const killedForMemory: FindCause = (input) => {
  const { profile, runs } = input;
  const run = allRuns(runs).find(({ outcome }) => outcome.kind === 'killed-for-memory');
  if (run?.outcome.kind !== 'killed-for-memory') return [];
  const { outcome } = run;
  const show = projectPath(profile.root);
  const hooks =
    outcome.at.path === undefined && outcome.raisedAt === undefined && outcome.hit === undefined
      ? hookPlaces(outcome.at.phase, run.recording, { root: profile.root, readSource: input.readSource })
      : [];
  const grown = growthBefore(run.recording, profile.root);
  const path = outcome.raisedAt?.path ?? outcome.at.path;
  const line = outcome.raisedAt?.line;
  const location =
    path === undefined
      ? hooks[0] && { path: hooks[0].path, line: hooks[0].line }
      : { path: show(path), ...(line !== undefined && { line }) };
  return [
    {
      id: 'killed-for-memory',
      message: `${whatHappened(run, outcome)}, ${placeOfKill(outcome, profile.root)}`,
      certainty: 'certain',
      evidence: [
        ...proof(run, outcome),
        ...(outcome.at.importing === undefined ? [] : [`it was importing ${outcome.at.importing}`]),
        ...hooks.map((hook) => `${hook.hook} in ${hook.path}:${hook.line} is among the hooks of that phase`),
        ...grown.map(({ name, bytes }) => `${name}: +${formatBytes(bytes)}`),
      ],
      fix: fixFor(outcome, input, run, hooks[0] ? `${hooks[0].hook} in ${hooks[0].path}` : grown[0]?.name),
      ...(location !== undefined && { location }),
    },
  ];
};

function whatHappened({ peak }: CollectionRun, { by, limitBytes, hit }: KilledForMemory): string {
  if (by === 'guard') return 'ended by the memory guard';
  const limit = limitBytes === undefined ? WHOSE[by] : `${WHOSE[by]} of ${formatLimit(limitBytes)}`;
  if (by === 'address-space-limit') return `out of memory by ${limit}`;
  return hit === 'child'
    ? `a child process was killed by ${limit}`
    : `killed at ${formatLimit(peak.bytes)} by ${limit}`;
}

function proof({ exit }: CollectionRun, { by, victim, hit, said = [] }: KilledForMemory): string[] {
  if (by === 'guard') return [...said];
  if (by === 'address-space-limit') {
    const failed = said.length === 0 ? 'Python could not start under it' : `an allocation failed: ${said[0]}`;
    return [failed, 'such a limit kills no process: what asks for more is refused'];
  }
  return [
    `the kernel's counter of kills for memory rose during the run (${by})`,
    ...(victim === undefined ? [] : [`the process killed: ${victim}`]),
    ...(hit === undefined ? [] : ['pytest itself survived and came to its end']),
    ...(hit === 'child' && exit.code === 0
      ? [
          'the exit code is 0: what started the child does not heed how it ended (subprocess.run without check=True, say)',
        ]
      : []),
  ];
}

function fixFor(
  { by, advice, said = [], hit, at }: KilledForMemory,
  { profile }: CauseInput,
  { recording }: CollectionRun,
  largest: string | undefined,
): string {
  if (by === 'guard') {
    const threshold = said.map((line) => /; the threshold is (.+)$/.exec(line)?.[1]).find(Boolean);
    const raise = `raise --memory-guard${threshold === undefined ? '' : ` (now ${threshold})`}`;
    const move = 'move what is allocated while modules are imported into a fixture';
    const more = advice ?? (largest === undefined ? move : `${move}; ${largest} grew most`);
    return `${more.replace(/,? or give --memory-guard more$/, '')}; or ${raise}`;
  }
  const enough = profile.smallestLimit?.passes;
  const least = enough === undefined ? 'more' : `at least ${formatLimit(enough)}`;
  const raise =
    by === 'address-space-limit'
      ? `give it ${least} address space (\`ulimit -v\`)`
      : enough === undefined
        ? 'give it more memory (`docker run --memory`, `mem_limit`)'
        : `give it ${least} (\`docker run --memory\`, \`mem_limit\`)`;
  const workers = recording.pytest !== undefined && requestedWorkers(recording.pytest) !== undefined;
  if (hit === 'child' && workers) return `start fewer workers (-n), or ${raise}`;
  if (hit === 'child') {
    const who =
      at.path === undefined ? 'the child' : `the child that ${projectPath(profile.root)(at.path)} starts`;
    return `let ${who} hold less, start it in a fixture, and look at its exit code; or ${raise}`;
  }
  return largest === undefined ? raise : `${raise}, or make ${largest} smaller`;
}
