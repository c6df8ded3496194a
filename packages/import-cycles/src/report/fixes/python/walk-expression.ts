import type { Expression, FunctionNode, Parameter } from '../../../first-import/syntax/nodes.ts';
import type { Context, NamePlaces } from './name-places.ts';
import { type Scope, comprehensionScope, functionScope } from './scope.ts';

/** Finds the names that an expression uses. */
export function walkExpression(node: Expression, scope: Scope, context: Context, places: NamePlaces): void {
  const walk = (value: Expression | undefined, inside: Context = context): void => {
    if (value !== undefined) walkExpression(value, scope, inside, places);
  };
  switch (node.kind) {
    case 'name':
      places.use(node.name, node.name, node.line, scope, context);
      break;
    case 'attribute': {
      const path = dottedPath(node);
      if (path === undefined) walk(node.value);
      else places.use(path.root, path.text, path.line, scope, context);
      break;
    }
    case 'call':
      walk(node.callee, { ...context, role: context.role ?? 'called' });
      for (const { value } of node.args) walk(value);
      break;
    case 'lambda':
      walkLambda(node.definition, scope, context, places);
      break;
    case 'comprehension': {
      const [first, ...others] = node.generators;
      walk(first?.iterable);
      const inner = comprehensionScope(
        node.generators.map(({ target }) => target),
        scope,
      );
      const within = (value: Expression | undefined): void => {
        if (value !== undefined) walkExpression(value, inner, context, places);
      };
      for (const { iterable } of others) within(iterable);
      for (const { conditions } of node.generators) conditions.forEach(within);
      within(node.element);
      within(node.value);
      break;
    }
    case 'named':
      walk(node.value);
      places.bind(node.name, node.line, scope, context);
      break;
    case 'constant':
      if ((context.annotation !== undefined || context.field === true) && typeof node.value === 'string')
        places.quoted(node.value, node.line, scope);
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
  const { role: _role, annotation: _annotation, fields: _fields, field: _field, ...rest } = context;
  return { ...rest, call: context.call ?? label };
}

/** `a.b.c` of an expression that is nothing but names with dots between. */
export function dottedPath(
  node: Expression,
): { readonly root: string; readonly text: string; readonly line: number } | undefined {
  if (node.kind === 'name') return { root: node.name, text: node.name, line: node.line };
  const path = node.kind === 'attribute' ? dottedPath(node.value) : undefined;
  return path === undefined || node.kind !== 'attribute'
    ? undefined
    : { ...path, text: `${path.text}.${node.name}` };
}

function walkLambda(definition: FunctionNode, scope: Scope, context: Context, places: NamePlaces): void {
  walkSignature(definition, 'a lambda', scope, context, places);
  const inside = calledContext(context, `the lambda in line ${definition.line}`);
  walkExpression(definition.body as Expression, functionScope(definition, scope), inside, places);
}
