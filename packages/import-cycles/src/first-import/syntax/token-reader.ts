import { SyntaxFault } from './syntax-fault.ts';
import { END, NAME, NEWLINE, OPERATOR, type Tokens } from './tokens.ts';

const KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** Reads a file's tokens one by one; the parsers build on it. */
export class TokenReader {
  protected readonly tokens: Tokens;
  protected at = 0;
  /** The youngest syntax met so far. */
  readonly needs: { minor: number; line: number } = { minor: 0, line: 0 };

  constructor(tokens: Tokens) {
    this.tokens = tokens;
  }

  protected get line(): number {
    return this.tokens.lines[this.at]!;
  }

  protected get kind(): number {
    return this.tokens.kinds[this.at]!;
  }

  protected get text(): string {
    return this.tokens.texts[this.at]!;
  }

  /** Whether the token (or the one `ahead` of it) is this operator or keyword. */
  protected is(text: string, ahead = 0): boolean {
    return this.tokens.texts[this.at + ahead] === text;
  }

  protected take(text: string): boolean {
    if (this.tokens.texts[this.at] !== text) return false;
    this.at++;
    return true;
  }

  protected expect(text: string): void {
    if (!this.take(text)) this.fail(`expected '${text}'`);
  }

  protected takeKind(kind: number): boolean {
    if (this.tokens.kinds[this.at] !== kind) return false;
    this.at++;
    return true;
  }

  protected expectKind(kind: number): void {
    if (this.kind !== kind) this.fail();
    this.at++;
  }

  protected isIdentifier(ahead = 0): boolean {
    return this.tokens.kinds[this.at + ahead] === NAME && !KEYWORDS.has(this.tokens.texts[this.at + ahead]!);
  }

  protected identifier(): string {
    if (!this.isIdentifier()) this.fail();
    return this.tokens.texts[this.at++]!;
  }

  /** Notes syntax that only `3.minor` and later know. */
  protected require(minor: number, line: number = this.line): void {
    if (minor > this.needs.minor) {
      this.needs.minor = minor;
      this.needs.line = line;
    }
  }

  /** Index of the bracket that closes the one at `open`. */
  protected closing(open: number): number {
    let depth = 0;
    for (let index = open; this.tokens.kinds[index] !== END; index++) {
      if (this.tokens.kinds[index] !== OPERATOR) continue;
      const text = this.tokens.texts[index]!;
      if (text === '(' || text === '[' || text === '{') depth++;
      else if ((text === ')' || text === ']' || text === '}') && --depth === 0) return index;
    }
    return this.fail();
  }

  /** Index of the token that ends the logical line. */
  protected endOfLogicalLine(): number {
    let index = this.at;
    while (this.tokens.kinds[index] !== NEWLINE && this.tokens.kinds[index] !== END) index++;
    return index;
  }

  protected fail(message = 'invalid syntax'): never {
    throw new SyntaxFault(message, this.line);
  }
}
