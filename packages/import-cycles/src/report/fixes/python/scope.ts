import type { Expression, FunctionNode, Pattern, Statement } from '../../../first-import/syntax/nodes.ts';

/** What a name means in a place of a Python file. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  /** Names that are the scope's own; in a class body those that are bound so far. */
  readonly own: Set<string>;
  /** Names that a `global` statement gives to the module. */
  readonly ofModule: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

export function moduleScope(): Scope {
  return { kind: 'module', own: new Set(), ofModule: new Set(), outer: undefined };
}

export function classScope(body: readonly Statement[], outer: Scope): Scope {
  const { ofModule } = bindingsOf(body);
  return { kind: 'class', own: new Set(), ofModule, outer };
}

/** What functions bind does not depend on the import whose uses are looked for, and most files have several. */
const bindings = new WeakMap<FunctionNode, Bindings>();

export function functionScope(definition: FunctionNode, outer: Scope): Scope {
  let known = bindings.get(definition);
  if (known === undefined) {
    known = bindingsOfFunction(definition);
    bindings.set(definition, known);
  }
  return { kind: 'function', own: new Set(known.own), ofModule: known.ofModule, outer };
}

function bindingsOfFunction({ parameters, body, typeParameters }: FunctionNode): Bindings {
  const { own, ofModule } = bindingsOf(Array.isArray(body) ? body : [body]);
  for (const { name } of [...parameters.positional, ...parameters.keywordOnly]) own.add(name);
  if (parameters.rest !== undefined) own.add(parameters.rest.name);
  if (parameters.keywords !== undefined) own.add(parameters.keywords.name);
  for (const name of typeParameters) own.add(name);
  return { own, ofModule };
}

export function comprehensionScope(targets: readonly Expression[], outer: Scope): Scope {
  const own = new Set<string>();
  for (const target of targets) bindTarget(target, own);
  return { kind: 'comprehension', own, ofModule: new Set(), outer };
}

/** Whether a name is the module's in a place: no function between binds it. Class bodies are skipped from inside functions. */
export function isOfModule(name: string, place: Scope): boolean {
  for (let scope: Scope | undefined = place; scope !== undefined; scope = scope.outer) {
    if (scope.kind === 'module') return true;
    if (scope.ofModule.has(name)) return true;
    if (scope.kind === 'class' && scope !== place && !isComprehensionIn(place, scope)) continue;
    if (scope.own.has(name)) return false;
  }
  return true;
}

/** Only the iterable of a comprehension really sees its class, which is near enough. */
function isComprehensionIn(place: Scope, owner: Scope): boolean {
  return place.kind === 'comprehension' && place.outer === owner;
}

/** Names that a target of an assignment binds. */
export function bindTarget(target: Expression, names: Set<string>): void {
  if (target.kind === 'name') names.add(target.name);
  else if (target.kind === 'starred') bindTarget(target.value, names);
  else if (target.kind === 'tuple' || target.kind === 'list') {
    for (const item of target.items) bindTarget(item, names);
  }
}

/** Names that a pattern captures. */
export function bindPattern(pattern: Pattern, names: Set<string>): void {
  if ('name' in pattern && pattern.name !== undefined) names.add(pattern.name);
  if ('rest' in pattern && pattern.rest !== undefined) names.add(pattern.rest);
  if ('pattern' in pattern) bindPattern(pattern.pattern, names);
  if ('patterns' in pattern) for (const each of pattern.patterns) bindPattern(each, names);
}

interface Bindings {
  readonly own: Set<string>;
  readonly ofModule: Set<string>;
}

function bindingsOf(body: readonly (Statement | Expression)[]): Bindings {
  const own = new Set<string>();
  const ofModule = new Set<string>();
  const elsewhere = new Set<string>();
  // A list, not the stack: an expression may be as deep as its line is long.
  const pending: unknown[] = [body];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) pending.push(each);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as Statement | Expression | { readonly kind?: undefined };
    switch (node.kind) {
      case 'assign':
        for (const target of node.targets) bindTarget(target, own);
        break;
      case 'annotate':
      case 'augment':
      case 'for':
        bindTarget(node.target, own);
        break;
      case 'delete':
        for (const target of node.targets) bindTarget(target, own);
        break;
      case 'with':
        for (const { target } of node.items) if (target !== undefined) bindTarget(target, own);
        break;
      case 'try':
        for (const { name } of node.handlers) if (name !== undefined) own.add(name);
        break;
      case 'match':
        for (const { pattern } of node.cases) bindPattern(pattern, own);
        break;
      case 'named':
        own.add(node.name);
        break;
      case 'import':
      case 'from':
        if (node.names !== '*') for (const { name, as } of node.names) own.add(as ?? name.split('.')[0]!);
        return;
      case 'global':
        for (const name of node.names) ofModule.add(name);
        return;
      case 'nonlocal':
        for (const name of node.names) elsewhere.add(name);
        return;
      case 'function':
        own.add(node.definition.name);
        return;
      case 'class':
        own.add(node.name);
        return;
      case 'lambda':
        return;
    }
    pending.push(...Object.values(node));
  };
  while (pending.length > 0) visit(pending.pop());
  for (const name of [...ofModule, ...elsewhere]) own.delete(name);
  return { own, ofModule };
}
