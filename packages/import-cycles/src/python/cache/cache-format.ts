import { crc32 } from 'node:zlib';
import { ROW } from '../scan-log.ts';

/** Raised whenever the scanner finds something else in the same bytes, or the layout changes. */
export const SCANNER_VERSION = 2;

/** Numbers that tell whether a file is still the one that was scanned: size, mtime, ctime (milliseconds), inode, device. */
export const IDENTITY = 5;

/** Cells of a file: string of its path, its rows, and the string of its problems and comments as JSON (0 for none). */
export const FILE_PATH = 0;
export const FILE_FIRST = 1;
export const FILE_LAST = 2;
export const FILE_EXTRAS = 3;
export const FILE_CELLS = 4;

/** What the cache of a project holds. */
export interface CacheContent {
  /** `IDENTITY` numbers a file. */
  readonly identities: Float64Array;
  /** `FILE_CELLS` numbers a file. */
  readonly files: Int32Array;
  /** Rows of `ScanLog.cells`. */
  readonly rows: Int32Array;
  readonly strings: readonly string[];
}

const MAGIC = 0x53575059;
const HEADER = 8;
const MAGIC_CELL = 0;
const VERSION_CELL = 1;
const CHECKSUM_CELL = 2;
const FILES_CELL = 3;
const ROWS_CELL = 4;
const STRINGS_CELL = 5;
const TEXT_CELL = 6;

/** Lays out the content: header, identities, files, rows, lengths of strings in UTF-16 units, their text in UTF-16. */
export function encodeCache({ identities, files, rows, strings }: CacheContent): Buffer {
  const text = Buffer.from(strings.join(''), 'utf16le');
  const sizes = [
    HEADER * 4,
    identities.byteLength,
    files.byteLength,
    rows.byteLength,
    strings.length * 4,
    text.length,
  ];
  const buffer = Buffer.alloc(sizes.reduce((sum, size) => sum + size, 0));
  const header = new Int32Array(buffer.buffer, buffer.byteOffset, HEADER);
  let at = HEADER * 4;
  for (const part of [identities, files, rows, Int32Array.from(strings, ({ length }) => length), text]) {
    buffer.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  header[MAGIC_CELL] = MAGIC;
  header[VERSION_CELL] = SCANNER_VERSION;
  header[CHECKSUM_CELL] = crc32(buffer.subarray(HEADER * 4)) | 0;
  header[FILES_CELL] = files.length / FILE_CELLS;
  header[ROWS_CELL] = rows.length / ROW;
  header[STRINGS_CELL] = strings.length;
  header[TEXT_CELL] = text.length;
  return buffer;
}

/** Reads what `encodeCache` wrote; undefined for anything else, and where a byte has changed since. */
export function decodeCache(bytes: Buffer): CacheContent | undefined {
  if (bytes.length < HEADER * 4) return undefined;
  // A copy of its own is aligned for all kinds of numbers.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const header = new Int32Array(buffer, 0, HEADER);
  if (header[MAGIC_CELL] !== MAGIC || header[VERSION_CELL] !== SCANNER_VERSION) return undefined;
  const files = header[FILES_CELL]!;
  const rows = header[ROWS_CELL]!;
  const count = header[STRINGS_CELL]!;
  const textLength = header[TEXT_CELL]!;
  const sizes = [
    HEADER * 4,
    files * IDENTITY * 8,
    files * FILE_CELLS * 4,
    rows * ROW * 4,
    count * 4,
    textLength,
  ];
  if (sizes.some((size) => size < 0) || sizes.reduce((sum, size) => sum + size) !== bytes.length)
    return undefined;
  if (header[CHECKSUM_CELL] !== (crc32(new Uint8Array(buffer, HEADER * 4)) | 0)) return undefined;
  let at = 0;
  const starts = sizes.map((size) => (at += size) - size);
  const lengths = new Int32Array(buffer, starts[4]!, count);
  const text = Buffer.from(buffer, starts[5]!, textLength).toString('utf16le');
  const strings: string[] = new Array<string>(count);
  let position = 0;
  for (let i = 0; i < count; i++) strings[i] = text.slice(position, (position += lengths[i]!));
  return {
    identities: new Float64Array(buffer, starts[1]!, files * IDENTITY),
    files: new Int32Array(buffer, starts[2]!, files * FILE_CELLS),
    rows: new Int32Array(buffer, starts[3]!, rows * ROW),
    strings,
  };
}
