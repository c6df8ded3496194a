import type { Statement } from './nodes.ts';
import { parseFrom, parseImport } from './import-parser.ts';
import { PatternParser } from './pattern-parser.ts';
import { NAME } from './tokens.ts';

const AUGMENTED = /^(?:\*\*|\/\/|>>|<<|[-+*/%@&|^])=$/;

/** Statements that hold no others. */
export class SimpleStatementParser extends PatternParser {
  /** The names of `[T: bound, *Ts, **P]`; bounds and defaults are evaluated lazily, so they are skipped. */
  protected typeParameters(): string[] {
    if (!this.is('[')) return [];
    this.require(12);
    const end = this.closing(this.at);
    const names: string[] = [];
    let depth = 0;
    let fresh = false;
    for (let index = this.at; index < end; index++) {
      const text = this.tokens.texts[index]!;
      if (text === '[' || text === '(') depth++;
      else if (text === ']' || text === ')') depth--;
      else if (text === '=' && depth === 1) this.require(13);
      else if (fresh && this.tokens.kinds[index] === NAME) names.push(text);
      fresh = depth === 1 && (text === '[' || text === ',' || (fresh && (text === '*' || text === '**')));
    }
    this.at = end + 1;
    return names;
  }

  protected simple(): Statement {
    const line = this.line;
    switch (this.text) {
      case 'pass':
      case 'break':
      case 'continue':
        return { kind: this.tokens.texts[this.at++] as 'pass', line };
      case 'import':
        return parseImport(this.importReader(), line, false);
      case 'from':
        return parseFrom(this.importReader(), line, false);
      case 'return':
        this.at++;
        return this.startsExpression()
          ? { kind: 'return', value: this.expressions(), line }
          : { kind: 'return', line };
      case 'raise':
        return this.raise(line);
      case 'del':
        return this.deletion(line);
      case 'global':
      case 'nonlocal':
        return this.declaration(line);
      case 'assert': {
        this.at++;
        const test = this.test();
        return this.take(',')
          ? { kind: 'assert', test, message: this.test(), line }
          : { kind: 'assert', test, line };
      }
      case 'lazy':
        if (this.is('import', 1) || this.is('from', 1)) {
          this.require(15);
          this.at++;
          return (this.is('import') ? parseImport : parseFrom)(this.importReader(), line, true);
        }
        break;
      case 'type':
        if (this.kind === NAME && this.isIdentifier(1) && (this.is('=', 2) || this.is('[', 2)))
          return this.typeAlias(line);
    }
    return this.expressionStatement(line);
  }

  private importReader() {
    return {
      is: (text: string) => this.is(text),
      take: (text: string) => this.take(text),
      expect: (text: string) => this.expect(text),
      identifier: () => this.identifier(),
    };
  }

  private raise(line: number): Statement {
    this.at++;
    if (!this.startsExpression()) return { kind: 'raise', line };
    const value = this.test();
    return this.take('from')
      ? { kind: 'raise', value, cause: this.test(), line }
      : { kind: 'raise', value, line };
  }

  private deletion(line: number): Statement {
    this.at++;
    const value = this.expressions();
    return { kind: 'delete', targets: value.kind === 'tuple' ? value.items : [value], line };
  }

  private declaration(line: number): Statement {
    const kind = this.tokens.texts[this.at++] as 'global' | 'nonlocal';
    const names = [this.identifier()];
    while (this.take(',')) names.push(this.identifier());
    return { kind, names, line };
  }

  private typeAlias(line: number): Statement {
    this.require(12);
    this.at++;
    const name = this.identifier();
    this.typeParameters();
    this.expect('=');
    this.test();
    return { kind: 'type-alias', name, line };
  }

  private expressionStatement(line: number): Statement {
    const bracketed = this.is('(');
    const first = this.yieldOrExpressions();
    if (this.take(':')) {
      const annotation = this.test();
      const simple = first.kind === 'name' && !bracketed;
      const value = this.take('=') ? this.yieldOrExpressions() : undefined;
      return { kind: 'annotate', target: first, annotation, ...(value && { value }), simple, line };
    }
    if (AUGMENTED.test(this.text)) {
      const operator = this.tokens.texts[this.at++]!.slice(0, -1);
      return { kind: 'augment', target: first, operator, value: this.yieldOrExpressions(), line };
    }
    if (!this.is('=')) return { kind: 'expression', value: first, line };
    const chain = [first];
    while (this.take('=')) chain.push(this.yieldOrExpressions());
    return { kind: 'assign', targets: chain.slice(0, -1), value: chain.at(-1)!, line };
  }
}
