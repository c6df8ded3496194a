import type { Expression, FunctionNode, Handler, MatchCase, Statement } from './nodes.ts';
import { SimpleStatementParser } from './simple-statement-parser.ts';
import { DEDENT, END, INDENT, NAME, NEWLINE } from './tokens.ts';

/** Statements of Python 3.8 to 3.15. */
export class StatementParser extends SimpleStatementParser {
  module(): Statement[] {
    const body: Statement[] = [];
    while (this.kind !== END) this.statement(body);
    return body;
  }

  private block(): Statement[] {
    this.expect(':');
    const body: Statement[] = [];
    if (!this.takeKind(NEWLINE)) {
      this.simpleLine(body);
      return body;
    }
    if (!this.takeKind(INDENT)) this.fail('expected an indented block');
    while (!this.takeKind(DEDENT)) this.statement(body);
    return body;
  }

  private statement(into: Statement[]): void {
    if (this.takeKind(NEWLINE)) return;
    const compound = this.compound();
    if (compound === undefined) this.simpleLine(into);
    else into.push(compound);
  }

  private simpleLine(into: Statement[]): void {
    do {
      if (this.kind === NEWLINE) break;
      into.push(this.simple());
    } while (this.take(';'));
    this.expectKind(NEWLINE);
  }

  private compound(): Statement | undefined {
    const line = this.line;
    switch (this.text) {
      case 'if':
        this.at++;
        return this.ifStatement(line);
      case 'while': {
        this.at++;
        const test = this.named();
        return { kind: 'while', test, body: this.block(), otherwise: this.elseBlock(), line };
      }
      case 'for':
        return this.forStatement(line);
      case 'try':
        return this.tryStatement(line);
      case 'with':
        return this.withStatement(line, false);
      case 'def':
        return this.functionStatement([], false);
      case 'class':
        return this.classStatement([]);
      case '@':
        return this.decorated();
      case 'async':
        this.at++;
        if (this.is('def')) return this.functionStatement([], true);
        return this.is('with') ? this.withStatement(line, true) : this.forStatement(line);
      case 'match':
        return this.kind === NAME && this.startsMatch() ? this.matchStatement(line) : undefined;
    }
    return undefined;
  }

  private elseBlock(): Statement[] {
    return this.take('else') ? this.block() : [];
  }

  private ifStatement(line: number): Statement {
    const test = this.named();
    const then = this.block();
    const next = this.line;
    const otherwise = this.take('elif') ? [this.ifStatement(next)] : this.elseBlock();
    return { kind: 'if', test, then, otherwise, line };
  }

  private forStatement(line: number): Statement {
    this.expect('for');
    const target = this.targets();
    this.expect('in');
    const iterable = this.expressions();
    return { kind: 'for', target, iterable, body: this.block(), otherwise: this.elseBlock(), line };
  }

  private tryStatement(line: number): Statement {
    this.at++;
    const body = this.block();
    const handlers: Handler[] = [];
    let group = false;
    while (this.is('except')) {
      const at = this.line;
      this.at++;
      if (this.take('*')) {
        group = true;
        this.require(11, at);
      }
      if (this.is(':')) {
        handlers.push({ body: this.block(), line: at });
        continue;
      }
      const type = this.expressions();
      if (type.kind === 'tuple' && !this.tokens.texts[this.at - 1]!.includes(')')) this.require(14, at);
      const name = this.take('as') ? this.identifier() : undefined;
      handlers.push({ type, ...(name !== undefined && { name }), body: this.block(), line: at });
    }
    const otherwise = this.elseBlock();
    const last = this.take('finally') ? this.block() : undefined;
    if (handlers.length === 0 && last === undefined) this.fail("expected 'except' or 'finally' block");
    return { kind: 'try', body, handlers, otherwise, finally: last ?? [], group, line };
  }

  private withStatement(line: number, isAsync: boolean): Statement {
    this.expect('with');
    const items: { value: Expression; target?: Expression }[] = [];
    const item = (): void => {
      const value = this.test();
      items.push(this.take('as') ? { value, target: this.withTarget() } : { value });
    };
    if (this.is('(') && this.tokens.texts[this.closing(this.at) + 1] === ':' && this.hasItems()) {
      this.at++;
      do {
        if (this.is(')')) break;
        item();
        if (items.at(-1)!.target !== undefined) this.require(9, line);
      } while (this.take(','));
      this.expect(')');
    } else {
      do item();
      while (this.take(','));
    }
    return { kind: 'with', items, body: this.block(), isAsync, line };
  }

  /** `with (a, b):` or `with (a as b):`, and no other expression in brackets. */
  private hasItems(): boolean {
    const end = this.closing(this.at);
    let depth = 0;
    for (let index = this.at + 1; index < end; index++) {
      const text = this.tokens.texts[index]!;
      if (text === '(' || text === '[' || text === '{') depth++;
      else if (text === ')' || text === ']' || text === '}') depth--;
      else if (depth === 0 && (text === 'for' || text === 'yield' || text === ':=')) return false;
    }
    return true;
  }

  private withTarget(): Expression {
    const line = this.line;
    return this.take('*') ? { kind: 'starred', value: this.primary(), line } : this.primary();
  }

  private decorated(): Statement {
    const decorators: Expression[] = [];
    while (this.is('@')) {
      const line = this.line;
      this.at++;
      const decorator = this.named();
      if (!isPlainDecorator(decorator)) this.require(9, line);
      decorators.push(decorator);
      this.expectKind(NEWLINE);
    }
    const isAsync = this.take('async');
    return this.is('class') ? this.classStatement(decorators) : this.functionStatement(decorators, isAsync);
  }

  private functionStatement(decorators: readonly Expression[], isAsync: boolean): Statement {
    const line = this.line;
    this.expect('def');
    const name = this.identifier();
    const typeParameters = this.typeParameters();
    this.expect('(');
    const parameters = this.parameters(')', true);
    this.expect(')');
    const returns = this.take('->') ? this.expressions() : undefined;
    const outer = this.yields;
    this.yields = false;
    const body = this.block();
    const definition: FunctionNode = {
      name, parameters, ...(returns && { returns }), body, isAsync, isGenerator: this.yields, typeParameters, line,
    }; // prettier-ignore
    this.yields = outer;
    return { kind: 'function', definition, decorators, line };
  }

  private classStatement(decorators: readonly Expression[]): Statement {
    const line = this.line;
    this.expect('class');
    const name = this.identifier();
    const typeParameters = this.typeParameters();
    const args = this.is('(') ? this.callArguments() : [];
    return { kind: 'class', name, args, decorators, body: this.block(), typeParameters, line };
  }

  private startsMatch(): boolean {
    const end = this.endOfLogicalLine();
    const { texts, kinds } = this.tokens;
    return (
      end > this.at + 1 && texts[end - 1] === ':' && kinds[end + 1] === INDENT && texts[end + 2] === 'case'
    );
  }

  private matchStatement(line: number): Statement {
    this.require(10);
    this.at++;
    const subject = this.expressions();
    this.expect(':');
    this.expectKind(NEWLINE);
    this.expectKind(INDENT);
    const cases: MatchCase[] = [];
    while (this.kind !== DEDENT) {
      this.expect('case');
      const pattern = this.patterns();
      const guard = this.take('if') ? this.named() : undefined;
      cases.push({ pattern, ...(guard && { guard }), body: this.block() });
    }
    this.at++;
    return { kind: 'match', subject, cases, line };
  }
}

/** `@a.b` or `@a.b(…)`, all that 3.8 allows. */
function isPlainDecorator(node: Expression): boolean {
  let inner = node.kind === 'call' ? node.callee : node;
  while (inner.kind === 'attribute') inner = inner.value;
  return inner.kind === 'name';
}
