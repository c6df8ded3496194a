import { formatDuration } from '../../formats/quantity.ts';
import type { ProfileCause } from '../../model/collection-profile.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import type { PhaseRecord } from '../../model/recording.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isProven, measuredText, savedMs } from './proof.ts';
import { isWorthTelling, workOf } from './worth-telling.ts';

/** What `-p no:` takes to switch the collections off. */
export const GC_PLUGINS = ['unraisableexception', 'threadexception'] as const;

/** pytest 8.4 and later collect garbage five times before they end, in a heap that holds every test. */
export const endOfSessionGc: FindCause = ({ profile, runs }) => {
  const run = detailRun(runs);
  const pytest = run?.recording.pytest;
  const phase = run && slowEnd(run);
  if (run === undefined || pytest === undefined || phase === undefined) return [];
  const without = profile.plugins.find(({ name }) => name === GC_PLUGINS[0])?.without;
  // Collecting garbage is work: CPU time says as much of it as wall time, and what may be saved at the most decides.
  if (without?.sameTests === true && !isWorthTelling(without.highMs, run)) return [];
  const proven = isProven(without);
  const ms = savedMs(without, phase.wallMs);
  if (proven && !isWorthTelling(without.savedMs, run)) return [];
  const cause: ProfileCause = {
    id: 'end-of-session-gc',
    message: `after the last test was collected, pytest ${pytest.version} takes ${formatDuration(phase.wallMs)} of ${formatDuration(run.wallMs)} to end: it collects garbage five times`,
    certainty: proven ? 'certain' : 'likely',
    ...(ms !== undefined && { savesMs: ms }),
    evidence: [
      `garbage collections of the whole run: ${formatDuration(run.recording.garbage.wallMs)}, ${run.recording.garbage.runs[2]} of all generations`,
      ...(without?.sameTests === true ? [measuredText(without)] : []),
    ],
    fix: `add ${GC_PLUGINS.map((name) => `-p no:${name}`).join(' ')}, or upgrade to a pytest that collects less`,
  };
  return [cause];
};

/** The phase after collection, where it takes long and this pytest collects garbage in it. */
export function slowEnd(run: CollectionRun): PhaseRecord | undefined {
  const { pytest, phases } = run.recording;
  if (pytest === undefined || !isAtLeast(pytest.version, 8, 4)) return undefined;
  if (!pytest.plugins.some(({ name }) => name === GC_PLUGINS[0])) return undefined;
  return phases.find((phase) => phase.name === 'unconfigure' && isWorthTelling(workOf(phase, run), run));
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}
