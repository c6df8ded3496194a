import type { Expression } from './nodes.ts';
import { NAME, NEWLINE, NUMBER, OPERATOR, STRING } from './tokens.ts';
import { TokenReader } from './token-reader.ts';

const BINARY: Readonly<Record<string, number>> = {
  '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '//': 6, '%': 6, '@': 6,
}; // prettier-ignore
const COMPARISONS: ReadonlySet<string> = new Set(['<', '>', '==', '>=', '<=', '!=', 'in', 'is']);

/** What ends an expression, the text of a NEWLINE among it. */
const ENDS: ReadonlySet<string> = new Set([',', ')', ']', '}', ':', '=', '']);

/** Expressions by the strength of their operators, down to what operators join. */
export abstract class OperatorParser extends TokenReader {
  /** Set when the function whose body is being parsed yields. */
  protected yields = false;

  /** `a, *b, c`: a tuple where there is a comma. */
  expressions(): Expression {
    const line = this.line;
    const first = this.starredOrNamed();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.take(',')) {
      if (!this.startsExpression()) break;
      items.push(this.starredOrNamed());
    }
    return { kind: 'tuple', items, line };
  }

  protected yieldOrExpressions(): Expression {
    return this.is('yield') ? this.yieldExpression() : this.expressions();
  }

  protected starredOrNamed(): Expression {
    const line = this.line;
    if (this.take('*')) return { kind: 'starred', value: this.operation(1), line };
    return this.named();
  }

  named(): Expression {
    if (this.isIdentifier() && this.is(':=', 1)) {
      const line = this.line;
      const name = this.identifier();
      this.at++;
      return { kind: 'named', name, value: this.test(), line };
    }
    return this.test();
  }

  test(): Expression {
    if (this.standsAlone()) return this.atom();
    const line = this.line;
    if (this.is('lambda')) return this.lambda();
    const value = this.disjunction();
    if (!this.take('if')) return value;
    const test = this.disjunction();
    this.expect('else');
    return { kind: 'conditional', test, then: value, otherwise: this.test(), line };
  }

  /** A name, number or string with nothing behind it that could belong to it, as most expressions are. */
  private standsAlone(): boolean {
    const { kind } = this;
    return (
      (kind === NAME || kind === NUMBER || kind === STRING) &&
      ENDS.has(this.tokens.texts[this.at + 1]!) &&
      (this.tokens.kinds[this.at + 1] === OPERATOR || this.tokens.kinds[this.at + 1] === NEWLINE) &&
      !this.is('lambda')
    );
  }

  protected disjunction(): Expression {
    return this.bool('or', () => this.bool('and', () => this.inversion()));
  }

  private bool(operator: 'and' | 'or', operand: () => Expression): Expression {
    const line = this.line;
    const first = operand();
    if (!this.is(operator)) return first;
    const values = [first];
    while (this.take(operator)) values.push(operand());
    return { kind: 'bool', operator, values, line };
  }

  private inversion(): Expression {
    const line = this.line;
    if (this.take('not')) return { kind: 'unary', operator: 'not', value: this.inversion(), line };
    const first = this.operation(1);
    const rest: { operator: string; value: Expression }[] = [];
    for (let operator = this.comparison(); operator !== undefined; operator = this.comparison()) {
      rest.push({ operator, value: this.operation(1) });
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest, line };
  }

  private comparison(): string | undefined {
    const text = this.text;
    if (COMPARISONS.has(text)) {
      this.at++;
      return text === 'is' && this.take('not') ? 'is not' : text;
    }
    if (text === 'not' && this.is('in', 1)) {
      this.at += 2;
      return 'not in';
    }
    return undefined;
  }

  protected operation(level: number): Expression {
    const line = this.line;
    let left = this.factor();
    for (;;) {
      const operator = this.text;
      const strength = this.kind === OPERATOR ? BINARY[operator] : undefined;
      if (strength === undefined || strength < level) return left;
      this.at++;
      left = { kind: 'binary', operator, left, right: this.operation(strength + 1), line };
    }
  }

  private factor(): Expression {
    const line = this.line;
    const operator = this.text;
    if (this.kind === OPERATOR && (operator === '-' || operator === '+' || operator === '~')) {
      this.at++;
      return { kind: 'unary', operator, value: this.factor(), line };
    }
    const base = this.awaited();
    return this.take('**')
      ? { kind: 'binary', operator: '**', left: base, right: this.factor(), line }
      : base;
  }

  private awaited(): Expression {
    const line = this.line;
    return this.take('await') ? { kind: 'await', value: this.primary(), line } : this.primary();
  }

  protected startsExpression(): boolean {
    if (this.kind === NUMBER || this.kind === STRING) return true;
    if (this.kind === NAME)
      return this.isIdentifier() || /^(?:None|True|False|not|lambda|await)$/.test(this.text);
    return this.kind === OPERATOR && /^(?:[([{~+*-]|\.\.\.)$/.test(this.text);
  }

  /** What operators join. */
  protected abstract primary(): Expression;

  /** A primary without anything behind it. */
  protected abstract atom(): Expression;

  protected abstract lambda(): Expression;

  protected abstract yieldExpression(): Expression;
}
