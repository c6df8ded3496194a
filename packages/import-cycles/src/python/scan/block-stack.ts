import { kindCode, stronger } from './kind-strength.ts';
import type { KindCode } from './kind-strength.ts';
import { negated, truthOf } from './condition.ts';
import type { Truth } from './condition.ts';

/** What opens a block. `branch` is `if`, `elif` or the `else` that belongs to them; `plain` changes nothing (`with`). */
export type Opener = 'plain' | 'class' | 'function' | 'loop' | 'match' | 'case' | 'try' | 'branch';

/** Where the text of a condition stands in the source, linked to the `if` and `elif` conditions before it. */
interface Condition {
  readonly start: number;
  readonly end: number;
  readonly previous: Condition | undefined;
}

interface Block {
  opener: Opener;
  /** The last condition before this branch (all of them were false), and its own. */
  earlier: Condition | undefined;
  own: Condition | undefined;
  column: number;
  /** Column with tabs of width 1: must agree with `column` in order, or the indentation is ambiguous. */
  narrowColumn: number;
  /** Its kind together with those around it; found when an import asks. */
  kind: KindCode | undefined;
  /** Opener and conditions of the last compound statement straight in this block, which an `else` may continue. */
  last: Opener;
  chain: Condition | undefined;
}

/** The text of a condition, and what the file calls `TYPE_CHECKING`. */
export interface ConditionSource {
  text(start: number, end: number): string;
  readonly typeCheckingNames: ReadonlySet<string>;
}

const TABS = 'inconsistent use of tabs and spaces in indentation';

/** The blocks around the current statement, as the indentation tells. */
export class BlockStack {
  private readonly source: ConditionSource;
  /** Reused from block to block and from file to file: a project has hundreds of thousands. */
  private readonly blocks: Block[] = [newBlock()];
  private depth = 1;
  /** The block that the last header opened, until its first line comes. */
  private readonly next: Block = newBlock();
  /** Whether a compound statement's header has ended its line, so that an indented block must follow. */
  expectsBlock = false;

  constructor(source: ConditionSource) {
    this.source = source;
  }

  /** Starts with another source. */
  reset(): void {
    this.expectsBlock = false;
    this.depth = 0;
    this.prepare('plain', -1, -1);
    this.push(0, 0);
  }

  /** Opener of the innermost block. */
  get opener(): Opener {
    return this.blocks[this.depth - 1]!.opener;
  }

  /** Takes the indentation of a line with code. Returns what is wrong with it. */
  indent(column: number, narrowColumn: number): string | undefined {
    const top = this.blocks[this.depth - 1]!;
    const expected = this.expectsBlock;
    this.expectsBlock = false;
    if (column > top.column) {
      // A deeper line without a header is read on as if it belonged to the block, at its new column.
      if (!expected) Object.assign(this.next, top);
      this.push(column, narrowColumn);
      if (!expected) return 'unexpected indent';
      return narrowColumn <= top.narrowColumn ? TABS : undefined;
    }
    while (this.depth > 1 && this.blocks[this.depth - 1]!.column > column) this.depth--;
    if (expected) return 'expected an indented block';
    const block = this.blocks[this.depth - 1]!;
    if (block.column !== column) return 'unindent does not match any outer indentation level';
    return block.narrowColumn === narrowColumn ? undefined : TABS;
  }

  /**
   * A header has ended, and its block follows indented; the condition of an `if` or `elif` stands from `start` to `end`.
   */
  openNext(opener: Opener, start: number, end: number): void {
    this.prepare(opener, start, end);
    this.expectsBlock = true;
  }

  /** As `openNext`, for a block on its header's line, which `closeInline` ends. */
  openInline(opener: Opener, start: number, end: number): void {
    this.prepare(opener, start, end);
    this.push(-1, -1);
  }

  /** Ends the block that stands on its header's line. */
  closeInline(): void {
    this.depth--;
  }

  /** What the last compound statement of the current block was: decides what an `else` belongs to. */
  get lastOpener(): Opener {
    return this.blocks[this.depth - 1]!.last;
  }

  /** Starts an `if`: conditions before it do not count. */
  startChain(): void {
    this.blocks[this.depth - 1]!.chain = undefined;
  }

  /** The kind of an import in the current block. */
  kind(): KindCode {
    let known = this.depth - 1;
    while (known > 0 && this.blocks[known]!.kind === undefined) known--;
    let kind = this.blocks[known]!.kind ?? MODULE;
    for (let level = known + 1; level < this.depth; level++) {
      kind = stronger(kind, this.ownKind(this.blocks[level]!));
      this.blocks[level]!.kind = kind;
    }
    return kind;
  }

  private prepare(opener: Opener, start: number, end: number): void {
    const { next } = this;
    next.opener = opener;
    next.earlier = next.own = undefined;
    if (this.depth === 0) return;
    const top = this.blocks[this.depth - 1]!;
    top.last = opener;
    if (opener !== 'branch') return;
    next.earlier = top.chain;
    if (start >= 0) next.own = top.chain = { start, end, previous: top.chain };
  }

  private push(column: number, narrowColumn: number): void {
    const block = (this.blocks[this.depth++] ??= newBlock());
    block.opener = this.next.opener;
    block.earlier = this.next.earlier;
    block.own = this.next.own;
    block.column = column;
    block.narrowColumn = narrowColumn;
    block.kind = undefined;
    block.last = 'plain';
    block.chain = undefined;
  }

  private ownKind(block: Block): KindCode {
    switch (block.opener) {
      case 'plain':
        return MODULE;
      case 'class':
        return CLASS;
      case 'function':
        return FUNCTION;
      case 'try':
        return TRY;
      case 'loop':
      case 'match':
      case 'case':
        return CONDITIONAL;
      case 'branch':
        return this.branchKind(block);
    }
  }

  private branchKind(block: Block): KindCode {
    const own = block.own === undefined ? 'open' : this.truth(block.own);
    let main = own === 'never-main';
    if (own === 'never-type-checking') return TYPE_CHECKING;
    for (let before = block.earlier; before !== undefined; before = before.previous) {
      const truth = negated(this.truth(before));
      if (truth === 'never-type-checking') return TYPE_CHECKING;
      main ||= truth === 'never-main';
    }
    return main ? MAIN : CONDITIONAL;
  }

  private truth({ start, end }: Condition): Truth {
    return truthOf(this.source.text(start, end), this.source.typeCheckingNames);
  }
}

const MODULE = kindCode('module');
const CLASS = kindCode('class');
const FUNCTION = kindCode('function');
const TRY = kindCode('try');
const CONDITIONAL = kindCode('conditional');
const TYPE_CHECKING = kindCode('type-checking');
const MAIN = kindCode('main');

function newBlock(): Block {
  return {
    opener: 'plain',
    earlier: undefined,
    own: undefined,
    column: 0,
    narrowColumn: 0,
    kind: undefined,
    last: 'plain',
    chain: undefined,
  };
}
