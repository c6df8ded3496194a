import type { Position, PytestEnding } from '../model/recording.ts';
import type { Row } from './row.ts';

/**
 * What pytest meant to end with.
 *
 * @param stop why it stopped early
 * @param broke where it was when it did
 */
export function endingOf(
  status: number | undefined,
  stop: (Row & { k: 'stop' }) | undefined,
  broke: Position | undefined,
): { ending?: PytestEnding } {
  if (status === undefined) return {};
  if (stop === undefined) return { ending: { status, kind: 'finished' } };
  return {
    ending: {
      status,
      kind: isEnding(stop.why) ? stop.why : 'internal-error',
      reason: stop.reason,
      ...(stop.traceback === undefined ? {} : { traceback: stop.traceback }),
      ...(stop.f === undefined ? {} : { raisedIn: stop.f }),
      ...(stop.l === undefined ? {} : { line: stop.l }),
      ...(broke === undefined ? {} : { at: broke }),
    },
  };
}

function isEnding(kind: string): kind is PytestEnding['kind'] {
  return ['finished', 'interrupted', 'exit', 'stopped', 'usage-error', 'internal-error'].includes(kind);
}
