/**
 * What a condition is while a module is being imported:
 * - `never-type-checking` / `never-main`: false, because `TYPE_CHECKING` is false, or `__name__` is not `"__main__"`
 * - `always-type-checking` / `always-main`: true for the same reason, so that what follows as `else` is never executed
 * - `open`: depends on something else
 *
 * A constant (`if False`, `if 0`, `if True`) counts like `TYPE_CHECKING`: nothing but a tool reads what it leaves out.
 */
export type Truth = 'open' | 'never-type-checking' | 'never-main' | 'always-type-checking' | 'always-main';

const TOKEN =
  /[ \t\f\r\n]+|#[^\r\n]*|\\\r?\n?|((?:[^\W\d]|[\x80-\uffff])(?:\w|[\x80-\uffff])*)|(\d[\w.]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(==|!=|:=|[^])/gsy;

type TokenKind = 'name' | 'number' | 'string' | 'operator';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const TERMINATORS = new Set(['and', 'or', ')']);
/** What changes the meaning of the whole expression, and is not followed further. */
const BEYOND = new Set(['if', 'else', 'lambda', 'for', ',', ':=', 'yield', 'await']);

/**
 * Decides the condition of an `if` or `elif` from its text (after the keyword, up to the colon).
 *
 * @param typeCheckingNames names that this file binds to `typing.TYPE_CHECKING`
 */
export function truthOf(condition: string, typeCheckingNames: ReadonlySet<string>): Truth {
  const reader = new ConditionReader(tokensOf(condition), typeCheckingNames);
  return reader.read();
}

/** The opposite: what an `else` behind the condition is. */
export function negated(truth: Truth): Truth {
  switch (truth) {
    case 'never-type-checking':
      return 'always-type-checking';
    case 'never-main':
      return 'always-main';
    case 'always-type-checking':
      return 'never-type-checking';
    case 'always-main':
      return 'never-main';
    case 'open':
      return 'open';
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [, name, number, string, operator] of text.matchAll(TOKEN)) {
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1) });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
  }
  return tokens;
}

function both(a: Truth, b: Truth): Truth {
  if (a === 'never-type-checking' || b === 'never-type-checking') return 'never-type-checking';
  if (a === 'never-main' || b === 'never-main') return 'never-main';
  if (a === 'open' || b === 'open') return 'open';
  return a === 'always-main' || b === 'always-main' ? 'always-main' : 'always-type-checking';
}

function either(a: Truth, b: Truth): Truth {
  return negated(both(negated(a), negated(b)));
}

/** `or`, `and`, `not`, parentheses, comparisons with `__name__`; whatever else is open. */
class ConditionReader {
  private readonly tokens: readonly Token[];
  private readonly names: ReadonlySet<string>;
  private at = 0;
  private beyond = false;

  constructor(tokens: readonly Token[], names: ReadonlySet<string>) {
    this.tokens = tokens;
    this.names = names;
  }

  read(): Truth {
    const truth = this.disjunction();
    return this.beyond || this.at < this.tokens.length ? 'open' : truth;
  }

  private disjunction(): Truth {
    let truth = this.conjunction();
    while (this.take('or')) truth = either(truth, this.conjunction());
    return truth;
  }

  private conjunction(): Truth {
    let truth = this.inversion();
    while (this.take('and')) truth = both(truth, this.inversion());
    return truth;
  }

  private inversion(): Truth {
    let odd = false;
    while (this.take('not')) odd = !odd;
    const truth = this.comparison();
    return odd ? negated(truth) : truth;
  }

  private comparison(): Truth {
    const start = this.at;
    if (this.take('(')) {
      // What makes the inside open says nothing about the rest.
      const { beyond } = this;
      const truth = this.disjunction();
      const inside = this.beyond ? 'open' : truth;
      this.beyond = beyond;
      if (this.take(')') && this.ends()) return inside;
      this.at = start;
      return this.skipOperand();
    }
    const left = this.operand();
    if (left === undefined) return this.skipOperand();
    if (this.ends()) return this.truthOfOperand(left);
    const equal = this.take('==');
    if (equal || this.take('!=')) {
      const right = this.operand();
      if (right !== undefined && this.ends()) return mainGuard(left, right, equal);
    }
    return this.skipOperand();
  }

  /** A name with its attributes, a number or a string. */
  private operand(): Token | undefined {
    const first = this.tokens[this.at];
    if (first === undefined || first.kind === 'operator' || BEYOND.has(first.text)) return undefined;
    this.at++;
    let text = first.text;
    while (first.kind === 'name' && this.peek('.') && this.tokens[this.at + 1]?.kind === 'name') {
      text += `.${this.tokens[this.at + 1]!.text}`;
      this.at += 2;
    }
    return { kind: first.kind, text };
  }

  private truthOfOperand({ kind, text }: Token): Truth {
    if (kind === 'number') {
      if (/^0+$/.test(text)) return 'never-type-checking';
      return /^\d+$/.test(text) ? 'always-type-checking' : 'open';
    }
    if (kind !== 'name') return 'open';
    if (text === 'False') return 'never-type-checking';
    if (text === 'True') return 'always-type-checking';
    const named = text === 'TYPE_CHECKING' || text.endsWith('.TYPE_CHECKING') || this.names.has(text);
    return named ? 'never-type-checking' : 'open';
  }

  /** Passes over the rest of an operand that nothing is known about. */
  private skipOperand(): Truth {
    let depth = 0;
    for (; this.at < this.tokens.length; this.at++) {
      const { kind, text } = this.tokens[this.at]!;
      if (depth === 0 && kind !== 'string' && TERMINATORS.has(text)) break;
      if (kind === 'operator' && '([{'.includes(text)) depth++;
      else if (kind === 'operator' && ')]}'.includes(text)) depth--;
      else if (depth === 0 && kind !== 'string' && BEYOND.has(text)) this.beyond = true;
    }
    return 'open';
  }

  private ends(): boolean {
    const next = this.tokens[this.at];
    return next === undefined || (next.kind !== 'string' && TERMINATORS.has(next.text));
  }

  private peek(text: string): boolean {
    const next = this.tokens[this.at];
    return next !== undefined && next.kind !== 'string' && next.text === text;
  }

  private take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at++;
    return true;
  }
}

function mainGuard(left: Token, right: Token, equal: boolean): Truth {
  const [name, value] = left.kind === 'name' ? [left, right] : [right, left];
  if (name.kind !== 'name' || name.text !== '__name__') return 'open';
  if (value.kind !== 'string' || value.text !== '__main__') return 'open';
  return equal ? 'never-main' : 'always-main';
}
