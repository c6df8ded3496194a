import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const KEPT_BYTES = 16 * 1024;
/**
 * What was written counts for the memory of whoever wrote it until it is on the disk, and for ever where the folder is in
 * memory itself: so a file never becomes large. `pytest --collect-only -q` stays below this up to about 100,000 tests.
 */
const CUT_ABOVE_BYTES = 4 * 1024 * 1024;

/** A file that a process may print to without end and without ever waiting. Only what came last can be had of it. */
export class OutputFile implements Disposable {
  /** For the process; whatever it writes goes to the end of the file, wherever that is by now. */
  readonly fd: number;
  /** What came last before the file was cut, or closed. */
  #before = Buffer.alloc(0);
  #isOpen = true;

  constructor(path: string) {
    this.fd = openSync(path, 'a+', 0o600);
  }

  /** At most 16 KiB, without the rest of a character that was cut in two. */
  get text(): string {
    const all = this.#tail();
    let start = Math.max(0, all.length - KEPT_BYTES);
    if (all.length >= KEPT_BYTES) while (isContinuation(all[start])) start += 1;
    return all.toString('utf8', start);
  }

  /**
   * Empties the file where it has become large: what is printed at this very moment may be lost. Never throws, since it is
   * called from a timer: where the file system refuses, the file goes on to grow.
   */
  cut(): void {
    try {
      if (!this.#isOpen || fstatSync(this.fd).size <= CUT_ABOVE_BYTES) return;
      const before = this.#tail();
      ftruncateSync(this.fd);
      this.#before = before;
    } catch {
      // Whoever reads the file is told.
    }
  }

  /** The text can still be had. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    try {
      this.#before = this.#tail();
    } finally {
      this.#isOpen = false;
      closeSync(this.fd);
    }
  }

  #tail(): Buffer<ArrayBuffer> {
    if (!this.#isOpen) return this.#before;
    const { size } = fstatSync(this.fd);
    const inFile = Buffer.alloc(Math.min(size, KEPT_BYTES));
    const read = readSync(this.fd, inFile, 0, inFile.length, size - inFile.length);
    return Buffer.concat([this.#before, inFile.subarray(0, read)]).subarray(-KEPT_BYTES);
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
