import type { Expression, Generator } from './nodes.ts';
import { OperatorParser } from './operator-parser.ts';

/** What stands in brackets of all kinds, comprehensions among it. */
export abstract class DisplayParser extends OperatorParser {
  protected startsComprehension(): boolean {
    return this.is('for') || (this.is('async') && this.is('for', 1));
  }

  protected comprehension(
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

  protected parenthesised(): Expression {
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

  protected display(kind: 'list' | 'set', close: string, line: number, given?: Expression): Expression {
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

  protected braces(line: number): Expression {
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
}
