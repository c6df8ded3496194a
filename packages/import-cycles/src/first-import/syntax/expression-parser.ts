import { DisplayParser } from './display-parser.ts';
import type { Argument, Expression, FunctionNode, Parameter, Parameters } from './nodes.ts';
import { parseFormatString, parseNumber, parsePlainString } from './literal-parser.ts';
import { NAME, NUMBER, OPERATOR, STRING, tokenise } from './tokens.ts';

/** Expressions of Python 3.8 to 3.15. */
export class ExpressionParser extends DisplayParser {
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

  protected atom(): Expression {
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

  protected lambda(): Expression {
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
