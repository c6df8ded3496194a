import type { Argument, Expression, FunctionNode, Generator, Parameter, Parameters } from './nodes.ts';
import { parseFormatString, parseNumber, parsePlainString } from './literal-parser.ts';
import { NAME, NEWLINE, NUMBER, OPERATOR, STRING, tokenise } from './tokens.ts';
import { TokenReader } from './token-reader.ts';

const BINARY: Readonly<Record<string, number>> = {
  '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '//': 6, '%': 6, '@': 6,
}; // prettier-ignore
const COMPARISONS: ReadonlySet<string> = new Set(['<', '>', '==', '>=', '<=', '!=', 'in', 'is']);

/** What ends an expression, the text of a NEWLINE among it. */
const ENDS: ReadonlySet<string> = new Set([',', ')', ']', '}', ':', '=', '']);

/** Expressions of Python 3.8 to 3.15. */
export class ExpressionParser extends TokenReader {
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

  protected primary(): Expression {
    const line = this.line;
    let value = this.atom();
    for (;;) {
      if (this.take('.')) {
        const nameLine = this.line;
        value = { kind: 'attribute', value, name: this.identifier(), nameLine, line };
      } else if (this.is('(')) {
        value = { kind: 'call', callee: value, args: this.callArguments(), line };
      } else if (this.take('[')) {
        const index = this.subscripts();
        this.expect(']');
        value = { kind: 'subscript', value, index, line };
      } else return value;
    }
  }

  private subscripts(): Expression {
    const line = this.line;
    const items: Expression[] = [];
    let comma = false;
    do {
      if (this.is(']')) break;
      if (this.is('*')) this.require(11);
      items.push(this.is('*') ? this.starredOrNamed() : this.subscript());
      comma ||= this.is(',');
    } while (this.take(','));
    if (items.length === 0) this.fail();
    return items.length === 1 && !comma && items[0]!.kind !== 'starred'
      ? items[0]!
      : { kind: 'tuple', items, line };
  }

  private subscript(): Expression {
    const line = this.line;
    const first = this.is(':') ? undefined : this.named();
    if (!this.is(':')) return first!;
    const parts = [first];
    while (this.take(':')) parts.push(this.is(':') || this.is(',') || this.is(']') ? undefined : this.test());
    return { kind: 'slice', parts, line };
  }

  protected callArguments(): Argument[] {
    this.expect('(');
    const args: Argument[] = [];
    while (!this.take(')')) {
      if (this.take('*')) args.push({ unpack: 1, value: this.test() });
      else if (this.take('**')) args.push({ unpack: 2, value: this.test() });
      else if (this.isIdentifier() && this.is('=', 1)) {
        const name = this.identifier();
        this.at++;
        args.push({ name, value: this.test() });
      } else {
        const line = this.line;
        const value = this.named();
        args.push({
          value: this.startsComprehension() ? this.comprehension('generator', value, undefined, line) : value,
        });
      }
      if (!this.is(')')) this.expect(',');
    }
    return args;
  }

  private startsComprehension(): boolean {
    return this.is('for') || (this.is('async') && this.is('for', 1));
  }

  private comprehension(
    result: 'list' | 'set' | 'dict' | 'generator',
    element: Expression,
    value: Expression | undefined,
    line: number,
  ): Expression {
    const generators: Generator[] = [];
    while (this.startsComprehension()) {
      const isAsync = this.take('async');
      this.expect('for');
      const target = this.targets();
      this.expect('in');
      const iterable = this.disjunctionOrConditional();
      const conditions: Expression[] = [];
      while (this.take('if'))
        conditions.push(this.is('lambda') ? this.lambda() : this.conditionOfComprehension());
      generators.push({ target, iterable, conditions, isAsync });
    }
    return {
      kind: 'comprehension',
      result,
      element,
      ...(value !== undefined && { value }),
      generators,
      line,
    };
  }

  private conditionOfComprehension(): Expression {
    return this.isIdentifier() && this.is(':=', 1) ? this.named() : this.disjunction();
  }

  /** Behind `in`, where an `if` starts a condition. */
  private disjunctionOrConditional(): Expression {
    return this.is('lambda') ? this.lambda() : this.disjunction();
  }

  /** What stands between `for` and `in`. */
  protected targets(): Expression {
    const line = this.line;
    const target = () => {
      const start = this.line;
      return this.take('*')
        ? ({ kind: 'starred', value: this.operation(1), line: start } as const)
        : this.operation(1);
    };
    const items = [target()];
    let comma = false;
    while (this.take(',')) {
      comma = true;
      if (this.is('in') || this.is('=')) break;
      items.push(target());
    }
    return comma ? { kind: 'tuple', items, line } : items[0]!;
  }

  private atom(): Expression {
    const line = this.line;
    switch (this.kind) {
      case NAME:
        return this.nameOrKeyword(line);
      case NUMBER: {
        const { source, starts, ends } = this.tokens;
        return { kind: 'constant', value: parseNumber(source.slice(starts[this.at], ends[this.at++])), line };
      }
      case STRING:
        return this.strings();
      case OPERATOR:
        if (this.is('(')) return this.parenthesised();
        if (this.take('[')) return this.display('list', ']', line);
        if (this.take('{')) return this.braces(line);
        if (this.take('...')) return { kind: 'constant', value: { opaque: 'ellipsis' }, line };
    }
    return this.fail();
  }

  private nameOrKeyword(line: number): Expression {
    if (this.take('None')) return { kind: 'constant', value: null, line };
    if (this.take('True')) return { kind: 'constant', value: true, line };
    if (this.take('False')) return { kind: 'constant', value: false, line };
    return { kind: 'name', name: this.identifier(), line };
  }

  private parenthesised(): Expression {
    const line = this.line;
    this.expect('(');
    if (this.take(')')) return { kind: 'tuple', items: [], line };
    if (this.is('yield')) {
      const value = this.yieldExpression();
      this.expect(')');
      return value;
    }
    const first = this.starredOrNamed();
    if (this.startsComprehension()) {
      const value = this.comprehension('generator', first, undefined, line);
      this.expect(')');
      return value;
    }
    if (!this.is(',')) {
      this.expect(')');
      return first;
    }
    const items = [first];
    while (this.take(',') && !this.is(')')) items.push(this.starredOrNamed());
    this.expect(')');
    return { kind: 'tuple', items, line };
  }

  private display(kind: 'list' | 'set', close: string, line: number, given?: Expression): Expression {
    const items: Expression[] = given === undefined ? [] : [given];
    if (given !== undefined && !this.is(close)) this.expect(',');
    while (!this.take(close)) {
      items.push(this.starredOrNamed());
      if (items.length === 1 && this.startsComprehension()) {
        const value = this.comprehension(kind, items[0]!, undefined, line);
        this.expect(close);
        return value;
      }
      if (!this.is(close)) this.expect(',');
    }
    return { kind, items, line };
  }

  private braces(line: number): Expression {
    if (this.take('}')) return { kind: 'dict', entries: [], line };
    const entries: { key?: Expression; value: Expression }[] = [];
    do {
      if (this.is('}')) break;
      if (this.take('**')) {
        entries.push({ value: this.operation(1) });
        continue;
      }
      const key = this.starredOrNamed();
      if (!this.take(':')) {
        if (entries.length > 0) this.fail();
        if (!this.startsComprehension()) return this.display('set', '}', line, key);
        const set = this.comprehension('set', key, undefined, line);
        this.expect('}');
        return set;
      }
      const value = this.test();
      if (entries.length === 0 && this.startsComprehension()) {
        const dict = this.comprehension('dict', key, value, line);
        this.expect('}');
        return dict;
      }
      entries.push({ key, value });
    } while (this.take(','));
    this.expect('}');
    return { kind: 'dict', entries, line };
  }

  /** Adjacent string literals, which are one. */
  private strings(): Expression {
    const line = this.line;
    const parts: (string | Expression)[] = [];
    let opaque = false;
    for (; this.kind === STRING; this.at++) {
      const { source, starts, ends, lines } = this.tokens;
      const text = source.slice(starts[this.at], ends[this.at]);
      const prefix = /^[a-zA-Z]*/.exec(text)![0].toLowerCase();
      if (prefix.includes('t')) this.require(14);
      if (prefix.includes('b')) opaque = true;
      else if (prefix.includes('f') || prefix.includes('t')) {
        const { pieces, nested } = parseFormatString(text, lines[this.at]!, (code, first) =>
          this.embedded(code, first),
        );
        if (nested) this.require(12);
        parts.push(...pieces);
      } else parts.push(parsePlainString(text, prefix));
    }
    if (opaque) return { kind: 'constant', value: { opaque: 'bytes' }, line };
    if (parts.every((part) => typeof part === 'string'))
      return { kind: 'constant', value: parts.join(''), line };
    return { kind: 'format', parts, line };
  }

  private embedded(code: string, line: number): Expression {
    const inner = new ExpressionParser(tokenise(code, line, true));
    const value = inner.yieldOrExpressions();
    if (inner.yields) this.yields = true;
    if (inner.needs.minor > 0) this.require(inner.needs.minor, inner.needs.line);
    return value;
  }

  protected yieldExpression(): Expression {
    const line = this.line;
    this.expect('yield');
    this.yields = true;
    if (this.take('from')) return { kind: 'yield', value: this.test(), from: true, line };
    return this.startsExpression()
      ? { kind: 'yield', value: this.expressions(), from: false, line }
      : { kind: 'yield', from: false, line };
  }

  protected startsExpression(): boolean {
    if (this.kind === NUMBER || this.kind === STRING) return true;
    if (this.kind === NAME)
      return this.isIdentifier() || /^(?:None|True|False|not|lambda|await)$/.test(this.text);
    return this.kind === OPERATOR && /^(?:[([{~+*-]|\.\.\.)$/.test(this.text);
  }

  private lambda(): Expression {
    const line = this.line;
    this.expect('lambda');
    const parameters = this.parameters(':', false);
    this.expect(':');
    const outer = this.yields;
    this.yields = false;
    const body = this.test();
    const definition: FunctionNode = {
      name: '<lambda>', parameters, body, isAsync: false, isGenerator: this.yields, typeParameters: [], line,
    }; // prettier-ignore
    this.yields = outer;
    return { kind: 'lambda', definition, line };
  }

  protected parameters(close: string, annotated: boolean): Parameters {
    const positional: Parameter[] = [];
    const keywordOnly: Parameter[] = [];
    let rest: Parameter | undefined;
    let keywords: Parameter | undefined;
    let star = false;
    while (!this.is(close)) {
      if (this.take('/')) star = false;
      else if (this.take('**')) keywords = this.parameter(annotated);
      else if (this.take('*')) {
        star = true;
        if (!this.is(',')) rest = this.parameter(annotated, true);
      } else (star ? keywordOnly : positional).push(this.parameter(annotated));
      if (!this.take(',')) break;
    }
    return { positional, keywordOnly, ...(rest && { rest }), ...(keywords && { keywords }) };
  }

  private parameter(annotated: boolean, rest = false): Parameter {
    const name = this.identifier();
    let annotation: Expression | undefined;
    if (annotated && this.take(':')) {
      if (rest && this.is('*')) this.require(11);
      annotation = rest ? this.starredOrNamed() : this.test();
    }
    const fallback = this.take('=') ? this.test() : undefined;
    return { name, ...(annotation && { annotation }), ...(fallback && { default: fallback }) };
  }
}
