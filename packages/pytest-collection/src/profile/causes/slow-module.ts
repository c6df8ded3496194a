import { formatDuration } from '../../formats/quantity.ts';
import type { ProfileNode } from '../../model/collection-profile.ts';
import { filesBelow } from '../parts/file-costs.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isWaiting } from './is-waiting.ts';
import { isWorthTelling, workOf } from './worth-telling.ts';

/** A test file whose own lines, imports not counted, take long to execute. Told as an import of that file. */
export const slowModule: FindCause = ({ profile, runs }) => {
  const run = detailRun(runs);
  if (run === undefined) return [];
  const conftests = new Set(profile.conftests.map(({ path }) => path));
  return filesBelow(profile.tree)
    .filter((node) => node.path !== undefined && !conftests.has(node.path))
    .filter(
      (node) =>
        isWorthTelling(workOf({ wallMs: node.parts?.execMs ?? 0, cpuMs: node.cpuMs }, run), run) &&
        !isWaiting(node, run),
    )
    .map((node: ProfileNode) => ({
      id: 'heavy-import' as const,
      message: `executing ${node.path} takes ${formatDuration(node.parts?.execMs ?? 0)} of ${formatDuration(run.wallMs)}, its imports not counted`,
      certainty: 'certain' as const,
      savesMs: node.parts?.execMs ?? 0,
      evidence: [
        `its own lines: ${formatDuration(node.parts?.execMs ?? 0)}, its imports: ${formatDuration(node.parts?.importMs ?? 0)}, rewriting: ${formatDuration(node.parts?.rewriteMs ?? 0)}`,
      ],
      fix: 'move what it computes at module level into fixtures or tests',
      location: { path: node.path ?? '' },
    }));
};
