import type { KillSighting } from '../model/collection-runner.ts';
import type { ImportRecord, Position, Recording } from '../model/recording.ts';

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A process takes at least so long to start and to ask for more memory than there is. */
const SHORTEST_MS = 15;
/** Several such processes may live between two looks that are further apart. */
const LONG_MS = 100;

/**
 * Where pytest was when one of its children was killed, between two looks at the kernel's counter. No file where none can
 * be told; without a sighting only that it was during the collection.
 */
export function killPlace(recording: Recording, seen: KillSighting | undefined): Position {
  if (seen === undefined) return { phase: 'collect', atMs: recording.last.atMs };
  const phase = recording.phases.findLast(({ atMs }) => atMs <= seen.afterMs)?.name ?? 'start-up';
  const file = firstDuring(filesOf(recording), seen);
  if (file === undefined) return { phase, atMs: seen.byMs };
  const { fromMs, toMs, ...place } = file;
  const inside = { afterMs: Math.max(seen.afterMs, fromMs), byMs: Math.min(seen.byMs, toMs) };
  const imports = recording.imports.filter(({ within, path }) => within === place.path && path !== within);
  const importing = firstDuring(imports.map(spanOfImport), inside)?.importing;
  return {
    ...place,
    phase: recording.phases.findLast(({ atMs }) => atMs <= inside.byMs)?.name ?? phase,
    ...(importing === undefined ? {} : { importing }),
    atMs: inside.byMs,
  };
}

function filesOf({ conftests, collectors, last }: Recording): (Span & { path: string; nodeId?: string })[] {
  return [
    ...conftests.map(({ path, atMs, wallMs }) => ({ path, fromMs: atMs, toMs: atMs + wallMs })),
    ...collectors.flatMap(({ path, nodeId, atMs, own }) =>
      path === undefined || nodeId === '' || nodeId.includes('::')
        ? []
        : [{ path, nodeId, fromMs: atMs, toMs: own === undefined ? last.atMs : atMs + own.wallMs }],
    ),
  ];
}

function spanOfImport({ module, atMs, wallMs }: ImportRecord): Span & { importing: string } {
  return { importing: module, fromMs: atMs, toMs: atMs + wallMs };
}

/**
 * Of those that overlap and are long enough the first, since a process takes its time to be killed; where nobody looked for
 * a long time the one with most of that time. Of those that contain each other the innermost.
 */
function firstDuring<S extends Span>(spans: readonly S[], { afterMs, byMs }: KillSighting): S | undefined {
  const during = spans.filter(
    ({ fromMs, toMs }) => fromMs <= byMs && toMs >= afterMs && toMs - fromMs >= SHORTEST_MS,
  );
  const innermost = during.filter(
    (outer) =>
      !during.some(
        (inner) => isLonger(outer, inner) && inner.fromMs >= outer.fromMs && inner.toMs <= outer.toMs,
      ),
  );
  const share = ({ fromMs, toMs }: Span): number => Math.min(toMs, byMs) - Math.max(fromMs, afterMs);
  return byMs - afterMs > LONG_MS
    ? innermost.sort((left, right) => share(right) - share(left))[0]
    : innermost.sort((left, right) => left.fromMs - right.fromMs)[0];
}

function isLonger(one: Span, other: Span): boolean {
  return one.toMs - one.fromMs > other.toMs - other.fromMs;
}
