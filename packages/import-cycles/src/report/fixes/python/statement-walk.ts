import type { Expression, FunctionNode, Statement } from '../../../first-import/syntax/nodes.ts';
import { fieldReading, mayRead, mayReadFields } from './annotation-readers.ts';
import type { Context, NamePlaces } from './name-places.ts';
import { patternExpressions } from './pattern-expressions.ts';
import type { ImportStatement } from './python-source.ts';
import { type Scope, bindPattern, bindTarget, classScope, functionScope } from './scope.ts';
import {
  calledContext,
  dottedPath,
  walkAnnotation,
  walkExpression,
  walkSignature,
} from './walk-expression.ts';

/** Walks over a module's statements and shows the names that they use to a collector. */
export class StatementWalk {
  readonly #places: NamePlaces;
  readonly #statement: ImportStatement;

  /** @param statement - The import whose names are collected. */
  constructor(places: NamePlaces, statement: ImportStatement) {
    this.#places = places;
    this.#statement = statement;
  }

  statements(body: readonly Statement[], scope: Scope, context: Context): void {
    for (const statement of body) this.#one(statement, scope, context);
  }

  #one(node: Statement, scope: Scope, context: Context): void {
    const places = this.#places;
    const walk = (value: Expression | undefined, role?: string): void => {
      if (value !== undefined)
        walkExpression(value, scope, role === undefined ? context : { ...context, role }, places);
    };
    const block = (body: readonly Statement[], inside: Context = context): void =>
      this.statements(body, scope, inside);
    switch (node.kind) {
      case 'assign':
        walk(node.value);
        if (node.targets.some(isAll)) places.offers(node.value);
        for (const target of node.targets) this.#target(target, scope, context);
        break;
      case 'augment':
        walk(node.value);
        walk(node.target);
        if (isAll(node.target)) places.offers(node.value);
        break;
      case 'annotate':
        this.#variableAnnotation(node.annotation, scope, context);
        walk(node.value);
        if (node.value !== undefined || node.target.kind !== 'name')
          this.#target(node.target, scope, context);
        break;
      case 'import':
      case 'from':
        if (scope.kind === 'class' && node.names !== '*') {
          for (const { name, as } of node.names) scope.own.add(as ?? name.split('.')[0]!);
        }
        break;
      case 'if':
        walk(node.test);
        block(node.then, whereTestHolds(node.test, context));
        block(node.otherwise);
        break;
      case 'while':
        walk(node.test);
        block([...node.body, ...node.otherwise]);
        break;
      case 'for':
        walk(node.iterable);
        this.#target(node.target, scope, context);
        block([...node.body, ...node.otherwise]);
        break;
      case 'try': {
        // `try: import x / except ImportError: x = None` moves as a whole.
        const inside = holds(node, this.#statement) ? { ...context, withImport: true } : context;
        block(node.body, inside);
        for (const handler of node.handlers) {
          walk(handler.type, 'an exception to catch');
          if (handler.name !== undefined) places.bind(handler.name, handler.line, scope, inside);
          block(handler.body, inside);
        }
        block([...node.otherwise, ...node.finally], inside);
        break;
      }
      case 'with':
        for (const { value, target } of node.items) {
          walk(value);
          if (target !== undefined) this.#target(target, scope, context);
        }
        block(node.body);
        break;
      case 'match':
        walk(node.subject);
        for (const { pattern, guard, body } of node.cases) {
          for (const expression of patternExpressions(pattern)) walk(expression);
          const names = new Set<string>();
          bindPattern(pattern, names);
          for (const name of names) places.bind(name, node.line, scope, context);
          walk(guard);
          block(body);
        }
        break;
      case 'function':
        for (const decorator of node.decorators) walk(decorator, 'a decorator');
        this.#function(
          node.definition,
          scope,
          node.decorators.some(mayRead)
            ? read(context, node.definition.name)
            : { ...context, reader: undefined },
        );
        places.bind(node.definition.name, node.definition.line, scope, context);
        break;
      case 'class':
        for (const decorator of node.decorators) walk(decorator, 'a decorator');
        for (const { value } of node.args) walk(value, `a base class of \`${node.name}\``);
        this.statements(node.body, classScope(node.body, scope), {
          ...context,
          owners: [...context.owners, node.name],
          fields: fieldReading(node.args),
          reader: mayReadFields(node) ? read(context, node.name).reader : undefined,
        });
        places.bind(node.name, node.line, scope, context);
        break;
      case 'delete':
        for (const target of node.targets) walk(target);
        break;
      case 'expression':
      case 'return':
        walk(node.value);
        break;
      case 'raise':
        walk(node.value);
        walk(node.cause);
        break;
      case 'assert':
        walk(node.test);
        walk(node.message);
        break;
    }
  }

  #function(definition: FunctionNode, scope: Scope, context: Context): void {
    walkSignature(definition, `\`${definition.name}\``, scope, context, this.#places);
    const inside = calledContext(context, [...context.owners, definition.name].join('.'));
    if (Array.isArray(definition.body)) {
      this.statements(definition.body, functionScope(definition, scope), inside);
    }
  }

  #variableAnnotation(annotation: Expression, scope: Scope, context: Context): void {
    if (scope.kind === 'function') {
      walkExpression(annotation, scope, { ...context, annotation: 'waits' }, this.#places);
    } else if (context.fields !== undefined && scope.kind === 'class' && context.call === undefined) {
      const role = `the type of a field of \`${context.owners.at(-1)}\``;
      walkExpression(annotation, scope, { ...context, field: context.fields, role }, this.#places);
    } else {
      walkAnnotation(annotation, scope, context, this.#places);
    }
  }

  #target(target: Expression, scope: Scope, context: Context): void {
    const names = new Set<string>();
    bindTarget(target, names);
    for (const name of names) this.#places.bind(name, target.line, scope, context);
    if (names.size === 0) walkExpression(target, scope, context, this.#places);
  }
}

/** The context of the statements below an `if`. */
function whereTestHolds(test: Expression, context: Context): Context {
  if (dottedPath(test)?.text.split('.').at(-1) === 'TYPE_CHECKING') return { ...context, never: true };
  const comparesName =
    test.kind === 'compare' && test.first.kind === 'name' && test.first.name === '__name__';
  return comparesName ? { ...context, call: context.call ?? 'the `__main__` block' } : context;
}

function isAll(target: Expression): boolean {
  return target.kind === 'name' && target.name === '__all__';
}

/** The context of annotations that something may read. */
function read(context: Context, name: string): Context & { readonly reader: string } {
  return { ...context, reader: [...context.owners, name].join('.') };
}

function holds(node: Extract<Statement, { kind: 'try' }>, statement: Statement): boolean {
  const inBody = (body: readonly Statement[]): boolean =>
    body.some(
      (each) =>
        each === statement ||
        (each.kind === 'if' && (inBody(each.then) || inBody(each.otherwise))) ||
        (each.kind === 'with' && inBody(each.body)) ||
        (each.kind === 'try' && holds(each, statement)),
    );
  return (
    inBody(node.body) ||
    inBody(node.otherwise) ||
    inBody(node.finally) ||
    node.handlers.some(({ body }) => inBody(body))
  );
}
