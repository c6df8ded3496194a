import type { Problem } from '../model/import-graph.ts';
import type { ScanSink } from './scan/scan-sink.ts';

/** Cells of a row of `ScanLog.cells`. */
export const KIND = 0;
export const FORM = 1;
export const LEVEL = 2;
export const MODULE = 3;
export const NAME = 4;
export const LINE = 5;
export const COLUMN = 6;
export const STATEMENT_LINE = 7;
export const ROW = 8;

export interface LoggedProblem {
  readonly kind: Problem['kind'];
  readonly line: number;
  readonly message: string;
}

export interface LoggedComment {
  readonly line: number;
  readonly reason: string;
  readonly unknownRule?: string;
}

/** What was found in one file: rows `first` to `last - 1` of the log, and what few files have. */
export interface LoggedFile {
  readonly first: number;
  readonly last: number;
  readonly problems: readonly LoggedProblem[];
  readonly comments: readonly LoggedComment[];
}

const NOTHING: readonly never[] = [];

/** Keeps what the scanner finds in all files, as numbers and shared strings, so that it can be cached as it is. */
export class ScanLog implements ScanSink {
  readonly strings: string[];
  cells: Int32Array;
  rows: number;
  /** Made when the first string is looked up: a run whose files are all unchanged needs none. */
  private ids: Map<string, number> | undefined;
  private first = 0;
  private problems: LoggedProblem[] = [];
  private comments: LoggedComment[] = [];

  /** @param strings, cells what to start with; the first string must be empty */
  constructor(strings: readonly string[] = [''], cells: Int32Array = new Int32Array(0)) {
    this.strings = strings.slice();
    this.rows = cells.length / ROW;
    this.cells = cells;
  }

  /** Starts a file. */
  begin(): void {
    this.first = this.rows;
  }

  /** Ends the file that `begin` started. */
  finish(): LoggedFile {
    const { first, rows: last, problems, comments } = this;
    if (problems.length > 0) this.problems = [];
    if (comments.length > 0) this.comments = [];
    return {
      first,
      last,
      problems: problems.length > 0 ? problems : NOTHING,
      comments: comments.length > 0 ? comments : NOTHING,
    };
  }

  addImport(
    kind: number,
    form: number,
    level: number,
    module: string,
    name: string,
    line: number,
    column: number,
    statementLine: number,
  ): void {
    const at = this.reserve();
    const { cells } = this;
    cells[at + KIND] = kind;
    cells[at + FORM] = form;
    cells[at + LEVEL] = level;
    cells[at + MODULE] = this.idOf(module);
    cells[at + NAME] = this.idOf(name);
    cells[at + LINE] = line;
    cells[at + COLUMN] = column;
    cells[at + STATEMENT_LINE] = statementLine;
  }

  addProblem(kind: Problem['kind'], line: number, message: string): void {
    this.problems.push({ kind, line, message });
  }

  addIgnoreComment(line: number, reason: string, unknownRule?: string): void {
    this.comments.push(unknownRule === undefined ? { line, reason } : { line, reason, unknownRule });
  }

  /** Makes room for one more row and returns the index of its first cell. */
  reserve(): number {
    const at = this.rows * ROW;
    if (at >= this.cells.length) {
      const larger = new Int32Array(Math.max(ROW * 1024, this.cells.length * 2));
      larger.set(this.cells);
      this.cells = larger;
    }
    this.rows++;
    return at;
  }

  /** Index of a string in `strings`. */
  idOf(text: string): number {
    this.ids ??= new Map(this.strings.map((string, id) => [string, id]));
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.strings.length;
      this.strings.push(text);
      this.ids.set(text, id);
    }
    return id;
  }
}
