import { setImmediate } from 'node:timers/promises';
import type { Problem } from '../model/import-graph.ts';
import { ScanCache } from './cache/scan-cache.ts';
import type { IndexedModule } from './discovery/module-index.ts';
import type { SourceFile } from './discovery/source-file.ts';
import { LARGEST_FILE } from './python-options.ts';
import type { PythonBuildOptions } from './python-options.ts';
import { ImportScanner } from './scan/import-scanner.ts';
import { statsOf } from './stats-of.ts';
import { ScanLog } from './scan-log.ts';
import type { LoggedFile } from './scan-log.ts';
import { SourceReader } from './source-reader.ts';

/** So many bytes take some 10 ms: then others get their turn, Ctrl-C among them. */
const BYTES_PER_TURN = 2 * 1024 * 1024;
/** What opening a file costs, in bytes that could be scanned meanwhile; and asking for its status. */
const OPENING = 4096;
const ASKING = 1024;

/** Where the results of a scan go. */
export interface ScanResults {
  /** A module is done. */
  done(module: number, log: ScanLog, logged: LoggedFile): void;
  /** Something else than a module is wrong. */
  report(problem: Problem): void;
}

/**
 * Scans the files of all modules in order, and hands over each as soon as it is done. Files that the cache knows and that
 * are unchanged are not opened.
 *
 * @param project tells the caches of projects apart
 */
export async function scanModules(
  modules: readonly IndexedModule[],
  project: string,
  options: PythonBuildOptions,
  results: ScanResults,
): Promise<void> {
  const { cacheFolder, signal, now = Date.now } = options;
  const cache = cacheFolder === undefined ? undefined : new ScanCache(cacheFolder, project, now());
  const largest = options.largestFile ?? LARGEST_FILE;
  const files = new FileScan(cache?.log ?? new ScanLog(), largest);
  let work = 0;
  for (let module = 0; module < modules.length; module++) {
    const { file } = modules[module]!;
    const logged = cache === undefined ? files.scan(file) : scanUnlessCached(file, files, cache, largest);
    results.done(module, files.log, logged);
    work += files.lastLength + (files.lastLength > 0 ? OPENING : ASKING);
    if (work > BYTES_PER_TURN) {
      work = 0;
      await setImmediate();
      signal?.throwIfAborted();
    }
  }
  try {
    cache?.save();
  } catch (cause) {
    const message = `what was found cannot be kept for the next run: ${(cause as Error).message}`;
    results.report({ kind: 'cache', path: cacheFolder!, message });
  }
}

function scanUnlessCached(file: SourceFile, files: FileScan, cache: ScanCache, largest: number): LoggedFile {
  files.lastLength = 0;
  const stats = statsOf(file.openPath);
  // An earlier run may have read larger files than this one.
  const known = stats && stats.size <= largest ? cache.recall(file, stats) : undefined;
  if (known !== undefined) return known;
  const logged = files.scan(file);
  if (
    stats !== undefined &&
    !logged.problems.some(({ kind }) => kind === 'unreadable' || kind === 'too-large')
  ) {
    cache.remember(file, stats, logged);
  }
  return logged;
}

/** Reads and scans one file after the other. */
class FileScan {
  readonly log: ScanLog;
  /** Bytes of the file that was read last. */
  lastLength = 0;
  private readonly scanner = new ImportScanner();
  private readonly reader: SourceReader;

  constructor(log: ScanLog, largest: number) {
    this.log = log;
    this.reader = new SourceReader(largest);
  }

  scan(file: SourceFile): LoggedFile {
    const { log } = this;
    log.begin();
    this.lastLength = 0;
    try {
      const source = this.reader.read(file.openPath);
      if ('tooLarge' in source) {
        log.addProblem(
          'too-large',
          1,
          `${source.tooLarge} bytes are more than is read of one file; it counts as empty`,
        );
      } else {
        this.lastLength = source.length;
        this.scanner.scan(source.bytes, source.length, log);
      }
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === undefined) throw cause;
      log.addProblem('unreadable', 1, `the file cannot be read (${code})`);
    }
    return log.finish();
  }
}
