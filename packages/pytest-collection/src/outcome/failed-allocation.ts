import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { CollectionError, Position, Recording } from '../model/recording.ts';
import type { Ending } from './ending.ts';
import { NOT_PREPARED } from '../run/prepared-command.ts';

type Place = Pick<Extract<CollectionOutcome, { kind: 'killed-for-memory' }>, 'at' | 'raisedAt' | 'said'>;

const NO_MORE_SPACE =
  /MemoryError|cannot allocate memory|failed to map segment|can't start new thread|out of memory|std::bad_alloc/i;

/** Where address space is limited, no one is killed: allocations fail, and whoever made them says so in his own way. */
export function failedAllocation({ recording, exit, timedOut }: Ending): Place | undefined {
  if (timedOut !== undefined) return undefined;
  const error = recording.errors.find(({ type, message }) => NO_MORE_SPACE.test(`${type}: ${message}`));
  if (error !== undefined) return placeOfError(error, recording);
  const { ending, last } = recording;
  if (ending !== undefined && NO_MORE_SPACE.test(`${ending.reason ?? ''}\n${ending.traceback ?? ''}`)) {
    return {
      at: ending.at ?? last,
      ...raisedAt(ending.raisedIn, ending.line),
      ...(ending.reason === undefined ? {} : { said: [firstLine(ending.reason)] }),
    };
  }
  if (exit.code === NOT_PREPARED) return undefined; // There was no limit yet.
  const neverStarted = recording.python === undefined && exit.code !== 0 && exit.signal === null;
  return neverStarted ? { at: last } : undefined;
}

function placeOfError(error: CollectionError, { collectors, last }: Recording): Place {
  const { nodeId, path, type, message, raisedIn, line } = error;
  const collector = collectors.find((candidate) => candidate.nodeId === nodeId);
  const at: Position = {
    phase: 'collect',
    ...(path === undefined ? {} : { path }),
    nodeId,
    atMs: collector === undefined ? last.atMs : collector.atMs + (collector.own?.wallMs ?? 0),
  };
  return {
    at,
    ...raisedAt(raisedIn, line),
    said: [firstLine(message === '' ? type : `${type}: ${message}`)],
  };
}

function raisedAt(path: string | undefined, line: number | undefined): Pick<Place, 'raisedAt'> {
  return path === undefined ? {} : { raisedAt: { path, ...(line === undefined ? {} : { line }) } };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
