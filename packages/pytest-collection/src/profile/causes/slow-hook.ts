import { basename } from 'node:path';
import { formatDuration } from '../../formats/quantity.ts';
import { projectPath } from '../parts/project-path.ts';
import { blankSource, lineAt } from '../source/blank-source.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWorthTelling } from './worth-telling.ts';

/** A hook in the project's own conftest that takes long. */
export const slowHook: FindCause = ({ profile, runs, readSource }) => {
  const run = runs.hooks ?? detailRun(runs);
  const facts = run?.recording.pytest?.plugins ?? [];
  if (run === undefined) return [];
  const show = projectPath(profile.root);
  return run.recording.hooks
    .filter(({ wallMs }) => isWorthTelling(wallMs, run))
    .flatMap(({ plugin: name, hook, calls, wallMs, memoryBytes }) => {
      const plugin = facts.find((candidate) => candidate.name === name);
      if (plugin?.origin !== 'conftest') return [];
      const file = plugin.path ?? name;
      const source = readSource(file);
      const line = source === undefined ? undefined : lineOfHook(source, hook);
      const each = calls > 1 ? `, ${formatDuration(wallMs / calls)} each` : '';
      return [
        {
          id: 'slow-hook' as const,
          message: `${hook} in ${show(file)} takes ${formatDuration(wallMs)} of ${formatDuration(run.wallMs)} (${calls} ${calls === 1 ? 'call' : 'calls'}${each}) for ${profile.tests.found} tests`,
          certainty: 'certain' as const,
          savesMs: wallMs,
          savesBytes: Math.max(0, memoryBytes),
          evidence: [`measured around every call of ${hook} in ${basename(file)}`],
          fix:
            calls > 1
              ? `do in ${hook} only what each ${hook.includes('collect') ? 'path' : 'test'} needs, and the rest once`
              : `look for work in ${hook} that grows faster than the number of tests`,
          location: { path: show(file), ...(line !== undefined && { line }) },
        },
      ];
    });
};

function lineOfHook(source: string, hook: string): number | undefined {
  const match = new RegExp(`^[ \\t]*(?:async[ \\t]+)?def[ \\t]+${hook}\\b`, 'm').exec(blankSource(source));
  return match === null ? undefined : lineAt(source, match.index);
}
