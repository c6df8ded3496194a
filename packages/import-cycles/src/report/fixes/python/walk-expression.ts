import type { Expression, FunctionNode, Parameter } from '../../../first-import/syntax/nodes.ts';
import type { Context, NamePlaces } from './name-places.ts';
import { type Scope, comprehensionScope, functionScope } from './scope.ts';

/** Something of an expression that is still to be looked at. */
type Pending = readonly [node: Expression, scope: Scope, context: Context] | (() => void);

/**
 * Finds the names that an expression uses, in the order of the source. CPython compiles `1 + 1 + …` of any length, so that
 * what is still to be looked at is kept in a list, not on the stack.
 */
export function walkExpression(
  expression: Expression,
  scope: Scope,
  context: Context,
  places: NamePlaces,
): void {
  const pending: Pending[] = [[expression, scope, context]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'function') next();
    else for (const each of lookAt(...next, places).reverse()) pending.push(each);
  }
}

/** Takes what a node itself says; returns what there is inside it. */
function lookAt(node: Expression, scope: Scope, context: Context, places: NamePlaces): Pending[] {
  const inside = (nodes: readonly (Expression | undefined)[], of: Scope = scope): Pending[] =>
    nodes.flatMap((each): Pending[] => (each === undefined ? [] : [[each, of, context]]));
  switch (node.kind) {
    case 'name':
      places.use(node.name, node.name, node.line, scope, context);
      return [];
    case 'attribute': {
      const path = dottedPath(node);
      if (path === undefined) return inside([node.value]);
      places.use(path.root, path.text, path.line, scope, context);
      return [];
    }
    case 'call':
      return [
        [node.callee, scope, { ...context, role: context.role ?? 'called' }],
        ...inside(node.args.map(({ value }) => value)),
      ];
    case 'lambda':
      walkLambda(node.definition, scope, context, places);
      return [];
    case 'comprehension': {
      const [first, ...others] = node.generators;
      const inner = comprehensionScope(
        node.generators.map(({ target }) => target),
        scope,
      );
      const within = [
        ...others.map(({ iterable }) => iterable),
        ...node.generators.flatMap(({ conditions }) => conditions),
        node.element,
        node.value,
      ];
      return [...inside([first?.iterable]), ...inside(within, inner)];
    }
    case 'named':
      return [...inside([node.value]), (): void => places.bind(node.name, node.line, scope, context)];
    case 'constant':
      if ((context.annotation !== undefined || context.field !== undefined) && typeof node.value === 'string')
        places.quoted(node.value, node.line, scope, context);
      return [];
    case 'subscript':
      return inside([node.value, node.index]);
    case 'slice':
      return inside(node.parts);
    case 'binary':
      return inside([node.left, node.right]);
    case 'bool':
      return inside(node.values);
    case 'compare':
      return inside([node.first, ...node.rest.map(({ value }) => value)]);
    case 'conditional':
      return inside([node.test, node.then, node.otherwise]);
    case 'tuple':
    case 'list':
    case 'set':
      return inside(node.items);
    case 'dict':
      return inside(node.entries.flatMap(({ key, value }) => [key, value]));
    case 'format':
      return inside(node.parts.filter((part) => typeof part !== 'string'));
    case 'unary':
    case 'yield':
    case 'await':
    case 'starred':
      return inside([node.value]);
  }
}

/** What the definition of a function evaluates before anyone calls it: annotations and default values. */
export function walkSignature(
  { parameters, returns }: FunctionNode,
  what: string,
  scope: Scope,
  context: Context,
  places: NamePlaces,
): void {
  const all: Parameter[] = [...parameters.positional, ...parameters.keywordOnly];
  if (parameters.rest !== undefined) all.push(parameters.rest);
  if (parameters.keywords !== undefined) all.push(parameters.keywords);
  for (const { annotation, default: value } of all) {
    if (annotation !== undefined) walkAnnotation(annotation, scope, context, places);
    if (value !== undefined) {
      walkExpression(value, scope, { ...context, role: `a default value of ${what}` }, places);
    }
  }
  if (returns !== undefined) walkAnnotation(returns, scope, context, places);
}

/** Evaluated where it stands, unless annotations wait. */
export function walkAnnotation(
  annotation: Expression,
  scope: Scope,
  context: Context,
  places: NamePlaces,
): void {
  const when = places.annotationsWait ? 'waits' : 'evaluated';
  walkExpression(annotation, scope, { ...context, annotation: when }, places);
}

/** The context of a function's body. */
export function calledContext(context: Context, label: string): Context {
  const {
    role: _role,
    annotation: _annotation,
    fields: _fields,
    field: _field,
    reader: _reader,
    ...rest
  } = context;
  return { ...rest, call: context.call ?? label };
}

/** `a.b.c` of an expression that is nothing but names with dots between. */
export function dottedPath(
  node: Expression,
): { readonly root: string; readonly text: string; readonly line: number } | undefined {
  const after: string[] = [];
  let value = node;
  for (; value.kind === 'attribute'; value = value.value) after.push(value.name);
  if (value.kind !== 'name') return undefined;
  return { root: value.name, text: [value.name, ...after.reverse()].join('.'), line: value.line };
}

function walkLambda(definition: FunctionNode, scope: Scope, context: Context, places: NamePlaces): void {
  walkSignature(definition, 'a lambda', scope, context, places);
  const inside = calledContext(context, `the lambda in line ${definition.line}`);
  walkExpression(definition.body as Expression, functionScope(definition, scope), inside, places);
}
