import type { Expression, FunctionNode, Pattern, Statement } from '../../syntax/nodes.ts';

/** Names by where code binds them. */
export interface BoundNames {
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

/** Which names a function's code binds, as the compiler's symbol table has it. */
export function boundNames({ parameters, body }: FunctionNode): BoundNames {
  const found = new NameCollector();
  for (const { name } of parameters.positional) found.locals.add(name);
  for (const { name } of parameters.keywordOnly) found.locals.add(name);
  if (parameters.rest) found.locals.add(parameters.rest.name);
  if (parameters.keywords) found.locals.add(parameters.keywords.name);
  if (Array.isArray(body)) found.block(body as readonly Statement[]);
  else found.expression(body as Expression);
  return found.result();
}

const declared = new WeakMap<readonly Statement[], BoundNames>();

/** Names that a class body declares `global` or `nonlocal`; found once for each body. */
export function declaredNames(body: readonly Statement[]): BoundNames {
  let names = declared.get(body);
  if (names === undefined) {
    const found = new NameCollector();
    found.block(body);
    names = found.result();
    declared.set(body, names);
  }
  return names;
}

/** Names bound by the targets of a comprehension. */
export function targetNamesOf(targets: readonly Expression[]): Set<string> {
  const found = new NameCollector();
  for (const target of targets) found.target(target);
  return found.locals;
}

/** Names that a statement may bind. */
export function namesBoundBy(statement: Statement): ReadonlySet<string> {
  const found = new NameCollector();
  found.block([statement]);
  return found.locals;
}

/** Names that a module's statements bind. */
export function namesBoundByAll(body: readonly Statement[]): ReadonlySet<string> {
  const found = new NameCollector();
  found.block(body);
  return found.locals;
}

class NameCollector {
  readonly locals = new Set<string>();
  private readonly globals = new Set<string>();
  private readonly nonlocals = new Set<string>();

  result(): BoundNames {
    for (const name of this.globals) this.locals.delete(name);
    for (const name of this.nonlocals) this.locals.delete(name);
    return { locals: this.locals, globals: this.globals, nonlocals: this.nonlocals };
  }

  block(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(node: Statement): void {
    switch (node.kind) {
      case 'global':
        for (const name of node.names) this.globals.add(name);
        break;
      case 'nonlocal':
        for (const name of node.names) this.nonlocals.add(name);
        break;
      case 'import':
        for (const { name, as } of node.names) this.locals.add(as ?? name.split('.', 1)[0]!);
        break;
      case 'from':
        if (node.names !== '*') for (const { name, as } of node.names) this.locals.add(as ?? name);
        break;
      case 'function':
        this.locals.add(node.definition.name);
        node.decorators.forEach((one) => this.expression(one));
        break;
      case 'class':
      case 'type-alias':
        this.locals.add(node.name);
        break;
      case 'assign':
        node.targets.forEach((target) => this.target(target));
        this.expression(node.value);
        break;
      case 'annotate':
        this.target(node.target);
        if (node.value) this.expression(node.value);
        break;
      case 'augment':
        this.target(node.target);
        this.expression(node.value);
        break;
      case 'delete':
        node.targets.forEach((target) => this.target(target));
        break;
      case 'for':
        this.target(node.target);
        this.expression(node.iterable);
        this.block(node.body);
        this.block(node.otherwise);
        break;
      case 'if':
        this.expression(node.test);
        this.block(node.then);
        this.block(node.otherwise);
        break;
      case 'while':
        this.expression(node.test);
        this.block(node.body);
        this.block(node.otherwise);
        break;
      case 'with':
        for (const { value, target } of node.items) {
          this.expression(value);
          if (target) this.target(target);
        }
        this.block(node.body);
        break;
      case 'try':
        this.block(node.body);
        for (const { name, body } of node.handlers) {
          if (name !== undefined) this.locals.add(name);
          this.block(body);
        }
        this.block(node.otherwise);
        this.block(node.finally);
        break;
      case 'match':
        this.expression(node.subject);
        for (const { pattern, guard, body } of node.cases) {
          this.pattern(pattern);
          if (guard) this.expression(guard);
          this.block(body);
        }
        break;
      case 'expression':
        this.expression(node.value);
        break;
      case 'return':
      case 'raise':
        if (node.value) this.expression(node.value);
        break;
      case 'assert':
        this.expression(node.test);
        break;
    }
  }

  target(node: Expression): void {
    if (node.kind === 'name') this.locals.add(node.name);
    else if (node.kind === 'starred') this.target(node.value);
    else if (node.kind === 'tuple' || node.kind === 'list') node.items.forEach((item) => this.target(item));
    else this.expression(node);
  }

  private pattern(pattern: Pattern): void {
    if ('name' in pattern && pattern.name !== undefined) this.locals.add(pattern.name);
    if ('patterns' in pattern) pattern.patterns.forEach((one) => this.pattern(one));
    if (pattern.kind === 'as') this.pattern(pattern.pattern);
    if (pattern.kind === 'mapping' && pattern.rest !== undefined) this.locals.add(pattern.rest);
  }

  /** Only `name := value` binds in an expression; that of a comprehension binds outside of it. */
  expression(node: Expression): void {
    switch (node.kind) {
      case 'named':
        this.locals.add(node.name);
        return this.expression(node.value);
      case 'lambda':
      case 'constant':
      case 'name':
        return;
      case 'comprehension':
        this.expression(node.element);
        for (const { iterable, conditions } of node.generators)
          [iterable, ...conditions].forEach((one) => this.expression(one));
        return;
      default:
        for (const child of childrenOf(node)) this.expression(child);
    }
  }
}

function childrenOf(node: Expression): Expression[] {
  switch (node.kind) {
    case 'attribute':
    case 'unary':
    case 'await':
    case 'starred':
      return [node.value];
    case 'subscript':
      return [node.value, node.index];
    case 'slice':
      return node.parts.filter((part) => part !== undefined);
    case 'call':
      return [node.callee, ...node.args.map(({ value }) => value)];
    case 'binary':
      return [node.left, node.right];
    case 'bool':
      return [...node.values];
    case 'compare':
      return [node.first, ...node.rest.map(({ value }) => value)];
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'tuple':
    case 'list':
    case 'set':
      return [...node.items];
    case 'dict':
      return node.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case 'format':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'yield':
      return node.value ? [node.value] : [];
    default:
      return [];
  }
}
