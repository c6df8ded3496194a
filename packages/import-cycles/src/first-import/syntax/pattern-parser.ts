import { ExpressionParser } from './expression-parser.ts';
import type { Expression, Pattern } from './nodes.ts';
import { NAME } from './tokens.ts';

/** Patterns of the `match` statement (PEP 634). */
export class PatternParser extends ExpressionParser {
  /** `a, *b`: a sequence where there is a comma. */
  protected patterns(): Pattern {
    const first = this.starPattern();
    if (!this.is(',')) return first;
    const patterns = [first];
    while (this.take(',') && !this.is(':') && !this.is('if')) patterns.push(this.starPattern());
    return { kind: 'sequence', patterns };
  }

  private starPattern(): Pattern {
    if (!this.take('*')) return this.pattern();
    const name = this.identifier();
    return name === '_' ? { kind: 'star' } : { kind: 'star', name };
  }

  private pattern(): Pattern {
    const first = this.closedPattern();
    const patterns = [first];
    while (this.take('|')) patterns.push(this.closedPattern());
    const pattern: Pattern = patterns.length > 1 ? { kind: 'or', patterns } : first;
    return this.take('as') ? { kind: 'as', pattern, name: this.identifier() } : pattern;
  }

  private closedPattern(): Pattern {
    if (this.is('(') || this.is('[')) return this.group();
    if (this.take('{')) return this.mapping();
    if (this.kind !== NAME || !this.isIdentifier()) return { kind: 'value', value: this.operation(1) };
    if (!this.is('.', 1) && !this.is('(', 1)) {
      const name = this.identifier();
      return name === '_' ? { kind: 'capture' } : { kind: 'capture', name };
    }
    const value = this.dotted();
    return this.is('(') ? this.classPattern(value) : { kind: 'value', value };
  }

  private dotted(): Expression {
    const line = this.line;
    let value: Expression = { kind: 'name', name: this.identifier(), line };
    while (this.take('.'))
      value = { kind: 'attribute', value, nameLine: this.line, name: this.identifier(), line };
    return value;
  }

  private group(): Pattern {
    const close = this.take('(') ? ')' : (this.expect('['), ']');
    const patterns: Pattern[] = [];
    let comma = false;
    while (!this.take(close)) {
      patterns.push(this.starPattern());
      if (this.take(',')) comma = true;
      else if (!this.is(close)) this.fail();
    }
    return close === ')' && patterns.length === 1 && !comma ? patterns[0]! : { kind: 'sequence', patterns };
  }

  private mapping(): Pattern {
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: string | undefined;
    while (!this.take('}')) {
      if (this.take('**')) rest = this.identifier();
      else {
        keys.push(this.operation(1));
        this.expect(':');
        patterns.push(this.pattern());
      }
      if (!this.take(',') && !this.is('}')) this.fail();
    }
    return { kind: 'mapping', keys, patterns, ...(rest !== undefined && { rest }) };
  }

  private classPattern(type: Expression): Pattern {
    this.expect('(');
    const patterns: Pattern[] = [];
    while (!this.take(')')) {
      if (this.isIdentifier() && this.is('=', 1)) this.at += 2;
      patterns.push(this.pattern());
      if (!this.take(',') && !this.is(')')) this.fail();
    }
    return { kind: 'class', type, patterns };
  }
}
