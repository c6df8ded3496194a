import type { ImportTable } from './import-graph.ts';
import { IMPORT_FORMS, IMPORT_KINDS } from './import-kind.ts';
import type { ImportForm, ImportKind } from './import-kind.ts';

/** One import as a language's builder finds it; the columns of `ImportTable` with kind and form by name. */
export interface ImportRow {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly statementLine: number;
  readonly kind: ImportKind;
  readonly form: ImportForm;
}

const KIND_CODES: ReadonlyMap<ImportKind, number> = new Map(IMPORT_KINDS.map((kind, code) => [kind, code]));
const FORM_CODES: ReadonlyMap<ImportForm, number> = new Map(IMPORT_FORMS.map((form, code) => [form, code]));

const FROM = 0;
const TO = 1;
const LINE = 2;
const COLUMN = 3;
const STATEMENT = 4;
const CODES = 5;
const WIDTH = 6;

/** Collects imports in any order and lays them out as an `ImportTable`: by `from`, then by position. */
export class ImportTableBuilder {
  private cells = new Int32Array(WIDTH * 1024);
  private count = 0;

  /** Adds one import. */
  add(row: ImportRow): void {
    const kind = KIND_CODES.get(row.kind)!;
    const form = FORM_CODES.get(row.form)!;
    this.addCodes(row.from, row.to, row.line, row.column, row.statementLine, kind, form);
  }

  /** As `add`, with `kind` and `form` as indexes into `IMPORT_KINDS` and `IMPORT_FORMS`: makes no object. */
  addCodes(
    from: number,
    to: number,
    line: number,
    column: number,
    statementLine: number,
    kind: number,
    form: number,
  ): void {
    const at = this.count * WIDTH;
    if (at + WIDTH > this.cells.length) {
      const larger = new Int32Array(this.cells.length * 2);
      larger.set(this.cells);
      this.cells = larger;
    }
    const cells = this.cells;
    cells[at + FROM] = from;
    cells[at + TO] = to;
    cells[at + LINE] = line;
    cells[at + COLUMN] = column;
    cells[at + STATEMENT] = statementLine;
    cells[at + CODES] = (kind << 8) | form;
    this.count++;
  }

  /** The table of what was added so far; the builder can be added to afterwards. */
  build(): ImportTable {
    const { cells, count } = this;
    const order = this.order();
    const column = (cell: number): Int32Array => {
      const values = new Int32Array(count);
      for (let row = 0; row < count; row++) values[row] = cells[order[row]! * WIDTH + cell]!;
      return values;
    };
    const codes = column(CODES);
    return {
      count,
      from: column(FROM),
      to: column(TO),
      line: column(LINE),
      column: column(COLUMN),
      statementLine: column(STATEMENT),
      kind: Uint8Array.from(codes, (code) => code >> 8),
      form: Uint8Array.from(codes, (code) => code & 0xff),
    };
  }

  /** Rows that arrive in order, as most do, are not sorted again. */
  private order(): Uint32Array {
    const { cells, count } = this;
    const order = Uint32Array.from({ length: count }, (_, row) => row);
    const compare = (a: number, b: number): number => {
      const left = a * WIDTH;
      const right = b * WIDTH;
      return (
        cells[left + FROM]! - cells[right + FROM]! ||
        cells[left + LINE]! - cells[right + LINE]! ||
        cells[left + COLUMN]! - cells[right + COLUMN]! ||
        a - b
      );
    };
    for (let row = 1; row < count; row++) {
      if (compare(row - 1, row) > 0) return order.sort(compare);
    }
    return order;
  }
}
