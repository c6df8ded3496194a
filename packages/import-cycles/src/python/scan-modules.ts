import { setImmediate } from 'node:timers/promises';
import type { IndexedModule } from './discovery/module-index.ts';
import { LARGEST_FILE } from './python-options.ts';
import type { PythonBuildOptions } from './python-options.ts';
import { ImportScanner } from './scan/import-scanner.ts';
import { ScanLog } from './scan-log.ts';
import type { LoggedFile } from './scan-log.ts';
import { SourceReader } from './source-reader.ts';

/** So many bytes take some 10 ms: then others get their turn, Ctrl-C among them. */
const BYTES_PER_TURN = 2 * 1024 * 1024;

/** Scans the files of all modules in order, and hands over each as soon as it is done. */
export async function scanModules(
  modules: readonly IndexedModule[],
  options: PythonBuildOptions,
  done: (module: number, log: ScanLog, logged: LoggedFile) => void,
): Promise<void> {
  const log = new ScanLog();
  const scanner = new ImportScanner();
  const reader = new SourceReader(options.largestFile ?? LARGEST_FILE);
  let bytes = 0;
  for (let module = 0; module < modules.length; module++) {
    log.begin();
    bytes += 4096 + scanFile(modules[module]!, reader, scanner, log);
    done(module, log, log.finish());
    if (bytes > BYTES_PER_TURN) {
      bytes = 0;
      await setImmediate();
      options.signal?.throwIfAborted();
    }
  }
}

/** Returns the bytes read. */
function scanFile(
  { file }: IndexedModule,
  reader: SourceReader,
  scanner: ImportScanner,
  log: ScanLog,
): number {
  try {
    const source = reader.read(file.openPath);
    if ('tooLarge' in source) {
      log.addProblem(
        'too-large',
        1,
        `${source.tooLarge} bytes are more than is read of one file; it counts as empty`,
      );
      return 0;
    }
    scanner.scan(source.bytes, source.length, log);
    return source.length;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    log.addProblem('unreadable', 1, `the file cannot be read (${code})`);
    return 0;
  }
}
