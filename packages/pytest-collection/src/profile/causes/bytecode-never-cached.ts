import { formatDuration } from '../../formats/quantity.ts';
import { projectPath } from '../parts/project-path.ts';
import { allRuns, type FindCause } from './cause-input.ts';
import { isWorthTelling } from './worth-telling.ts';

/** Every run parses and rewrites every test file again, since what comes of it is never kept. */
export const bytecodeNeverCached: FindCause = ({ profile, runs, project }) => {
  const { cold, warm } = profile.runs;
  const python = allRuns(runs).find(({ recording }) => recording.python !== undefined)?.recording.python;
  if (cold === undefined || python === undefined) return [];
  const blocked = python.dontWriteBytecode
    ? 'PYTHONDONTWRITEBYTECODE is set (or -B given)'
    : project?.unwritable === undefined
      ? undefined
      : `no __pycache__ can be written in ${projectPath(profile.root)(project.unwritable)}`;
  if (blocked === undefined) return [];
  // What rewriting takes is measured as such, and is no matter of how busy the machine was during two runs.
  const savesMs = cold.rewriteMs - (warm?.rewriteMs ?? 0);
  if (runs.cold === undefined || !isWorthTelling(savesMs, runs.cold)) return [];
  return [
    {
      id: 'bytecode-never-cached',
      message: `every run is a cold one: ${blocked}; parsing and rewriting ${cold.bytecodeMisses} files takes ${formatDuration(savesMs)} of ${formatDuration(cold.wallMs)}`,
      certainty: 'certain',
      savesMs,
      evidence: [
        `cold: ${formatDuration(cold.wallMs)}${warm === undefined ? '' : `, warm: ${formatDuration(warm.wallMs)}`}`,
        blocked,
      ],
      fix: python.dontWriteBytecode
        ? 'unset PYTHONDONTWRITEBYTECODE, and collect once while the image is built so that it holds the bytecode'
        : 'set PYTHONPYCACHEPREFIX to a folder that can be written and is kept between runs',
    },
  ];
};
