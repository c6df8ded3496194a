import { projectPath } from '../parts/project-path.ts';
import { allRuns, type FindCause } from './cause-input.ts';

/** A segmentation fault with musl: its threads have a stack of 128 KiB, a deep recursion is enough. */
export const musl: FindCause = ({ profile, runs, machine }) => {
  if (machine?.libc !== 'musl') return [];
  const run = allRuns(runs).find(({ outcome }) => outcome.kind === 'crashed' && outcome.signal === 'SIGSEGV');
  if (run?.outcome.kind !== 'crashed') return [];
  const { path } = run.outcome.at;
  return [
    {
      id: 'musl',
      message: `the interpreter crashed (SIGSEGV) and uses musl, whose threads have a stack of 128 KiB`,
      certainty: 'likely',
      evidence: [
        'the interpreter was linked with musl (Alpine)',
        ...(path === undefined ? [] : [`while ${projectPath(profile.root)(path)} was collected`]),
      ],
      fix: 'use a Debian-based image (`python:3.13-slim`), or threading.stack_size(8 * 1024 * 1024)',
      ...(path !== undefined && { location: { path: projectPath(profile.root)(path) } }),
    },
  ];
};
