import type {
  Argument,
  Expression,
  FunctionNode,
  Parameter,
  Statement,
} from '../../first-import/syntax/nodes.ts';
import type { NameUse, Place } from './name-use.ts';
import { patternExpressions } from './python-patterns.ts';
import {
  type Scope,
  bindPattern,
  bindTarget,
  classScope,
  comprehensionScope,
  functionScope,
  isOfModule,
  moduleScope,
} from './python-scope.ts';
import type { BoundName, PythonImport, PythonSource } from './python-source.ts';

/** Bases whose classes evaluate the annotations of their fields. */
const EVALUATES_FIELDS: ReadonlySet<string> = new Set([
  'BaseModel',
  'BaseSettings',
  'NamedTuple',
  'RootModel',
  'Schema',
  'SQLModel',
  'Struct',
  'TypedDict',
]);

/**
 * Where a file uses the names that one of its imports binds.
 *
 * @param annotationsWait - Whether annotations are not evaluated at import even without
 * `from __future__ import annotations`: in Python 3.14 and later (PEP 649).
 */
export function usesOfPythonNames(
  source: PythonSource,
  statement: PythonImport,
  names: readonly BoundName[],
  annotationsWait: boolean,
): NameUse[] {
  const walk = new NameWalk(statement, names, annotationsWait || source.syntax.futureAnnotations);
  walk.statements(source.syntax.body, moduleScope(), MODULE);
  return names.map((name) => ({ name: name.name, places: walk.places.get(name)! }));
}

/** When a piece of code is executed, and what for. */
interface Context {
  /** The function whose call executes it; `undefined`: the import of the module does. */
  readonly call?: string;
  /** Only type checkers read it. */
  readonly never?: boolean;
  /** `never`, for a reason of its own: an annotation that nothing evaluates. */
  readonly annotation?: 'evaluated' | 'waits';
  readonly role?: string;
  /** Names of the classes around it. */
  readonly owners: readonly string[];
  /** Whether the class around it evaluates the annotations of its fields. */
  readonly fields?: boolean;
  /** In the annotation of such a field. */
  readonly field?: boolean;
  /** In the `try` statement that holds the import itself. */
  readonly withImport?: boolean;
}

const MODULE: Context = { owners: [] };

class NameWalk {
  readonly places = new Map<BoundName, Place[]>();
  readonly #byLocal: ReadonlyMap<string, readonly BoundName[]>;
  readonly #statement: PythonImport;
  readonly #annotationsWait: boolean;

  constructor(statement: PythonImport, names: readonly BoundName[], annotationsWait: boolean) {
    this.#statement = statement;
    this.#annotationsWait = annotationsWait;
    this.#byLocal = Map.groupBy(names, ({ local }) => local);
    for (const name of names) this.places.set(name, []);
  }

  statements(body: readonly Statement[], scope: Scope, context: Context): void {
    for (const statement of body) this.#one(statement, scope, context);
  }

  #one(node: Statement, scope: Scope, context: Context): void {
    const walk = (value: Expression | undefined, role?: string): void => {
      if (value !== undefined)
        this.#expression(value, scope, role === undefined ? context : { ...context, role });
    };
    const block = (body: readonly Statement[], inside: Context = context): void =>
      this.statements(body, scope, inside);
    switch (node.kind) {
      case 'assign':
        walk(node.value);
        if (node.targets.some(isAll)) this.#offers(node.value);
        for (const target of node.targets) this.#target(target, scope, context);
        break;
      case 'augment':
        walk(node.value);
        walk(node.target);
        if (isAll(node.target)) this.#offers(node.value);
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
        const inside = holds(node, this.#statement.statement) ? { ...context, withImport: true } : context;
        block(node.body, inside);
        for (const handler of node.handlers) {
          walk(handler.type, 'an exception to catch');
          if (handler.name !== undefined) this.#bind(handler.name, handler.line, scope, inside);
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
          for (const name of names) this.#bind(name, node.line, scope, context);
          walk(guard);
          block(body);
        }
        break;
      case 'function':
        for (const decorator of node.decorators) walk(decorator, 'a decorator');
        this.#function(node.definition, scope, context);
        this.#bind(node.definition.name, node.definition.line, scope, context);
        break;
      case 'class':
        for (const decorator of node.decorators) walk(decorator, 'a decorator');
        for (const { value } of node.args) walk(value, `a base class of \`${node.name}\``);
        this.statements(node.body, classScope(node.body, scope), {
          ...context,
          owners: [...context.owners, node.name],
          fields: node.args.some(evaluatesFields),
        });
        this.#bind(node.name, node.line, scope, context);
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

  #expression(node: Expression, scope: Scope, context: Context): void {
    const walk = (value: Expression | undefined, inside: Context = context): void => {
      if (value !== undefined) this.#expression(value, scope, inside);
    };
    switch (node.kind) {
      case 'name':
        this.#use(node.name, node.name, node.line, scope, context);
        break;
      case 'attribute': {
        const path = dottedPath(node);
        if (path === undefined) walk(node.value);
        else this.#use(path.root, path.text, path.line, scope, context);
        break;
      }
      case 'call':
        walk(node.callee, { ...context, role: context.role ?? 'called' });
        for (const { value } of node.args) walk(value);
        break;
      case 'lambda':
        this.#function(node.definition, scope, context);
        break;
      case 'comprehension': {
        const [first, ...others] = node.generators;
        walk(first?.iterable);
        const inner = comprehensionScope(
          node.generators.map(({ target }) => target),
          scope,
        );
        const within = (value: Expression | undefined): void => {
          if (value !== undefined) this.#expression(value, inner, context);
        };
        for (const { iterable } of others) within(iterable);
        for (const { conditions } of node.generators) conditions.forEach(within);
        within(node.element);
        within(node.value);
        break;
      }
      case 'named':
        walk(node.value);
        this.#bind(node.name, node.line, scope, context);
        break;
      case 'constant':
        if ((context.annotation !== undefined || context.field === true) && typeof node.value === 'string')
          this.#quoted(node.value, node.line, scope);
        break;
      case 'subscript':
        walk(node.value);
        walk(node.index);
        break;
      case 'slice':
        for (const part of node.parts) walk(part);
        break;
      case 'binary':
        walk(node.left);
        walk(node.right);
        break;
      case 'bool':
        for (const value of node.values) walk(value);
        break;
      case 'compare':
        walk(node.first);
        for (const { value } of node.rest) walk(value);
        break;
      case 'conditional':
        walk(node.test);
        walk(node.then);
        walk(node.otherwise);
        break;
      case 'tuple':
      case 'list':
      case 'set':
        for (const item of node.items) walk(item);
        break;
      case 'dict':
        for (const { key, value } of node.entries) {
          walk(key);
          walk(value);
        }
        break;
      case 'format':
        for (const part of node.parts) if (typeof part !== 'string') walk(part);
        break;
      case 'unary':
      case 'yield':
      case 'await':
      case 'starred':
        walk(node.value);
        break;
    }
  }

  #function(definition: FunctionNode, scope: Scope, context: Context): void {
    const { parameters, body, name, returns } = definition;
    const isLambda = !Array.isArray(body);
    const what = isLambda ? 'a lambda' : `\`${name}\``;
    const all: Parameter[] = [...parameters.positional, ...parameters.keywordOnly];
    if (parameters.rest !== undefined) all.push(parameters.rest);
    if (parameters.keywords !== undefined) all.push(parameters.keywords);
    for (const { annotation, default: value } of all) {
      if (annotation !== undefined) this.#annotation(annotation, scope, context);
      if (value !== undefined)
        this.#expression(value, scope, { ...context, role: `a default value of ${what}` });
    }
    if (returns !== undefined) this.#annotation(returns, scope, context);
    const label = isLambda ? `the lambda in line ${definition.line}` : [...context.owners, name].join('.');
    const { role: _role, annotation: _annotation, fields: _fields, ...rest } = context;
    const inside: Context = { ...rest, call: context.call ?? label };
    const inner = functionScope(definition, scope);
    if (Array.isArray(body)) this.statements(body, inner, inside);
    else this.#expression(body as Expression, inner, inside);
  }

  /** Of a parameter or a result: evaluated where the function is defined, unless annotations wait. */
  #annotation(annotation: Expression, scope: Scope, context: Context): void {
    const inside = this.#annotationsWait
      ? ({ ...context, annotation: 'waits' } as const)
      : { ...context, annotation: 'evaluated' as const };
    this.#expression(annotation, scope, inside);
  }

  #variableAnnotation(annotation: Expression, scope: Scope, context: Context): void {
    if (scope.kind === 'function') {
      this.#expression(annotation, scope, { ...context, annotation: 'waits' });
    } else if (context.fields === true && scope.kind === 'class' && context.call === undefined) {
      this.#expression(annotation, scope, {
        ...context,
        field: true,
        role: `the type of a field of \`${context.owners.at(-1)}\``,
      });
    } else {
      this.#annotation(annotation, scope, context);
    }
  }

  #target(target: Expression, scope: Scope, context: Context): void {
    const names = new Set<string>();
    bindTarget(target, names);
    for (const name of names) this.#bind(name, target.line, scope, context);
    if (names.size === 0) this.#expression(target, scope, context);
  }

  #bind(name: string, line: number, scope: Scope, context: Context): void {
    if (scope.kind === 'class' && !scope.ofModule.has(name)) {
      scope.own.add(name);
      return;
    }
    if (context.withImport === true) return;
    for (const bound of this.#byLocal.get(name) ?? []) {
      if (isOfModule(name, scope)) this.#place(bound, line, { ...context, role: 'bound anew' });
    }
  }

  #use(root: string, path: string, line: number, scope: Scope, context: Context): void {
    for (const bound of this.#byLocal.get(root) ?? []) {
      if (reaches(path, bound.path) && isOfModule(root, scope)) this.#place(bound, line, context);
    }
  }

  #place(bound: BoundName, line: number, context: Context): void {
    const { annotation, call } = context;
    let place: Place;
    if (context.never === true || annotation === 'waits')
      place = { when: 'annotation', line, evaluated: false };
    else if (call !== undefined) place = { when: 'call', line, label: call, waits: false };
    else if (annotation === 'evaluated') place = { when: 'annotation', line, evaluated: true };
    else place = { when: 'import', line, role: context.role ?? 'used' };
    this.places.get(bound)!.push(place);
  }

  /** A quoted annotation. */
  #quoted(text: string, line: number, scope: Scope): void {
    const words = new Set(text.split(/[^\p{ID_Continue}]+/u));
    for (const [local, names] of this.#byLocal) {
      if (!words.has(local) || !isOfModule(local, scope)) continue;
      for (const bound of names) this.places.get(bound)!.push({ when: 'annotation', line, evaluated: false });
    }
  }

  /** The entries of `__all__`. */
  #offers(value: Expression): void {
    if (value.kind !== 'list' && value.kind !== 'tuple') return;
    for (const item of value.items) {
      if (item.kind !== 'constant' || typeof item.value !== 'string') continue;
      for (const bound of this.#byLocal.get(item.value) ?? []) {
        this.places.get(bound)!.push({ when: 'offered', line: item.line });
      }
    }
  }
}

/** The context of the statements below an `if`. */
function whereTestHolds(test: Expression, context: Context): Context {
  if (dottedPath(test)?.text.split('.').at(-1) === 'TYPE_CHECKING') return { ...context, never: true };
  const comparesName =
    test.kind === 'compare' && test.first.kind === 'name' && test.first.name === '__name__';
  return comparesName ? { ...context, call: context.call ?? 'the `__main__` block' } : context;
}

function dottedPath(
  node: Expression,
): { readonly root: string; readonly text: string; readonly line: number } | undefined {
  if (node.kind === 'name') return { root: node.name, text: node.name, line: node.line };
  const path = node.kind === 'attribute' ? dottedPath(node.value) : undefined;
  return path === undefined || node.kind !== 'attribute'
    ? undefined
    : { ...path, text: `${path.text}.${node.name}` };
}

function reaches(used: string, path: string): boolean {
  return used === path || used.startsWith(`${path}.`) || path.startsWith(`${used}.`);
}

function isAll(target: Expression): boolean {
  return target.kind === 'name' && target.name === '__all__';
}

function evaluatesFields({ name, value }: Argument): boolean {
  const base = value.kind === 'subscript' ? value.value : value;
  return name === undefined && EVALUATES_FIELDS.has(dottedPath(base)?.text.split('.').at(-1) ?? '');
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
