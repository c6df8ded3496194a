import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../discovery/source-file.ts';
import { ScanLog, ROW, MODULE, NAME } from '../scan-log.ts';
import type { LoggedFile } from '../scan-log.ts';
import {
  decodeCache,
  encodeCache,
  FILE_CELLS,
  FILE_EXTRAS,
  FILE_FIRST,
  FILE_LAST,
  FILE_PATH,
  IDENTITY,
} from './cache-format.ts';
import type { CacheContent } from './cache-format.ts';
import { CACHE_PREFIX, keepAlive, pruneCaches } from './old-caches.ts';

/** File systems stamp changes with the time of the last timer tick: at most 10 ms old, doubled for safety. */
const TICK_MS = 20;

interface Kept {
  readonly file: SourceFile;
  readonly stats: Stats;
  readonly logged: LoggedFile;
}

/**
 * Remembers what was found in files that have not changed since, in one binary file a project and set of roots. A file counts as unchanged
 * if path, size, mtime, ctime, inode and device are the same, and it had not been changed at the very moment of the scan.
 */
export class ScanCache {
  /** Starts with what is remembered, so that unchanged files need nothing but a look-up. */
  readonly log: ScanLog;
  private readonly path: string;
  private readonly folder: string;
  private readonly content: CacheContent | undefined;
  private readonly byPath = new Map<string, number>();
  private readonly kept: Kept[] = [];
  private readonly startedMs: number;
  private changed = false;

  /**
   * @param folder where the file is kept
   * @param project tells projects apart that share the folder
   * @param nowMs time at which the run starts, in milliseconds since 1970
   */
  constructor(folder: string, project: string, nowMs: number) {
    const name = createHash('sha256').update(project).digest('hex').slice(0, 20);
    this.folder = folder;
    this.path = join(folder, `${CACHE_PREFIX}${name}.bin`);
    this.startedMs = nowMs;
    this.content = load(this.path);
    if (this.content !== undefined) keepAlive(this.path, nowMs);
    this.log = new ScanLog();
    if (this.content === undefined) return;
    const { files, strings, rows } = this.content;
    this.log = new ScanLog(strings, rows);
    for (let at = 0; at < files.length; at += FILE_CELLS)
      this.byPath.set(strings[files[at + FILE_PATH]!]!, at);
  }

  /** What was found in the file, if it is unchanged. */
  recall(file: SourceFile, stats: Stats): LoggedFile | undefined {
    const at = this.byPath.get(file.path);
    if (at === undefined || this.content === undefined) return undefined;
    const { files, identities, strings } = this.content;
    const start = (at / FILE_CELLS) * IDENTITY;
    if (!identity(stats).every((value, i) => identities[start + i] === value)) return undefined;
    const extras = strings[files[at + FILE_EXTRAS]!]!;
    const { problems, comments } = extras === '' ? NO_EXTRAS : (JSON.parse(extras) as typeof NO_EXTRAS);
    const logged = { first: files[at + FILE_FIRST]!, last: files[at + FILE_LAST]!, problems, comments };
    this.kept.push({ file, stats, logged });
    return logged;
  }

  /** Keeps what was found in a file that was read after `stats` were taken. */
  remember(file: SourceFile, stats: Stats, logged: LoggedFile): void {
    this.changed = true;
    if (Math.max(stats.mtimeMs, stats.ctimeMs) > this.startedMs - TICK_MS) return;
    // Names that are no UTF-8 are not told apart by their text.
    if (typeof file.openPath !== 'string') return;
    this.kept.push({ file, stats, logged });
  }

  /** Writes the cache if anything in it has changed; whole or not at all. */
  save(): void {
    if (!this.changed && this.kept.length === this.byPath.size) return;
    const temporary = `${this.path}.${randomUUID()}`;
    mkdirSync(this.folder, { recursive: true });
    try {
      writeFileSync(temporary, encodeCache(this.collect()));
      renameSync(temporary, this.path);
      pruneCaches(this.folder, this.startedMs, this.path);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
  }

  /** Copies the rows that are still in use, with their strings. */
  private collect(): CacheContent {
    const compact = new ScanLog();
    const identities = new Float64Array(this.kept.length * IDENTITY);
    const files = new Int32Array(this.kept.length * FILE_CELLS);
    const { cells, strings } = this.log;
    this.kept.forEach(({ file, stats, logged }, index) => {
      identities.set(identity(stats), index * IDENTITY);
      const first = compact.rows;
      for (let row = logged.first; row < logged.last; row++) {
        const to = compact.reserve();
        compact.cells.set(cells.subarray(row * ROW, row * ROW + ROW), to);
        compact.cells[to + MODULE] = compact.idOf(strings[cells[row * ROW + MODULE]!]!);
        compact.cells[to + NAME] = compact.idOf(strings[cells[row * ROW + NAME]!]!);
      }
      const { problems, comments } = logged;
      const extras = problems.length + comments.length > 0 ? JSON.stringify({ problems, comments }) : '';
      const at = index * FILE_CELLS;
      files[at + FILE_PATH] = compact.idOf(file.path);
      files[at + FILE_FIRST] = first;
      files[at + FILE_LAST] = compact.rows;
      files[at + FILE_EXTRAS] = compact.idOf(extras);
    });
    return {
      identities,
      files,
      rows: compact.cells.subarray(0, compact.rows * ROW),
      strings: compact.strings,
    };
  }
}

const NO_EXTRAS: Pick<LoggedFile, 'problems' | 'comments'> = { problems: [], comments: [] };

function identity({ size, mtimeMs, ctimeMs, ino, dev }: Stats): number[] {
  return [size, mtimeMs, ctimeMs, ino, dev];
}

/** A cache that does not exist, cannot be read or is none is the same as an empty one. */
function load(path: string): CacheContent | undefined {
  try {
    return statSync(path).isFile() ? decodeCache(readFileSync(path)) : undefined;
  } catch {
    return undefined;
  }
}
