import type { PythonSource, SyntaxNode } from './python-source.ts';

/** How an occurrence of a variable's name is no use of it; `undefined` where it is one. */
export type Binding = 'parameter' | 'keyword' | 'scope' | 'assignment' | undefined;

/** Tells the occurrences of a name that bind it (or only look like it) from those that use it. */
export function isBinding(node: SyntaxNode): Binding {
  const parent = node.parent;
  if (parent === null) return undefined;
  if (parent.name === 'ScopeStatement') return 'scope';
  if (parent.name === 'ArgList' && node.nextSibling?.name === 'AssignOp') return 'keyword';
  if (parent.name === 'ParamList' && node.prevSibling?.name !== 'AssignOp') return 'parameter';
  if (parent.name === 'FunctionDefinition' || parent.name === 'ClassDefinition') return 'assignment';
  if (node.prevSibling?.name === 'as') return 'assignment';
  if (parent.name === 'NamedExpression' && parent.firstChild?.from === node.from) return 'assignment';

  let target = node;
  while (
    target.parent !== null &&
    /^(TupleExpression|ArrayExpression|ParenthesizedExpression)$/.test(target.parent.name)
  ) {
    target = target.parent;
  }
  const statement = target.parent;
  if (statement?.name === 'AssignStatement' || statement?.name === 'UpdateStatement') {
    return hasLater(target, /^(AssignOp|UpdateOp|TypeDef)$/) ? 'assignment' : undefined;
  }
  if (statement?.name === 'ForStatement' || /Comprehension/.test(statement?.name ?? '')) {
    return hasLater(target, /^in$/) && !hasEarlier(target, /^(in|if)$/) && hasEarlier(target, /^for$/)
      ? 'assignment'
      : undefined;
  }
  return undefined;
}

/** Whether a function makes a name a variable of its own, so that it means another thing there. */
export function bindsName(source: PythonSource, definition: SyntaxNode, name: string): boolean {
  let binds = false;
  let isGlobal = false;
  definition.cursor().iterate((cursor) => {
    if (cursor.name !== 'VariableName' || source.text.slice(cursor.from, cursor.to) !== name) return;
    const node = cursor.node;
    if (node.parent?.name === 'ImportStatement') {
      if (node.prevSibling?.name === 'as' || node.nextSibling?.name !== 'as') binds ||= isImportedName(node);
      return;
    }
    const binding = isBinding(node);
    if (binding === 'scope') isGlobal = true;
    if (binding === 'parameter') binds = true;
    // The function's own name is bound outside it.
    if (binding === 'assignment' && node.parent?.from !== definition.from) binds = true;
  });
  return binds && !isGlobal;
}

/** Not the module that a `from` names. */
function isImportedName(node: SyntaxNode): boolean {
  const statement = node.parent!;
  if (statement.firstChild?.name !== 'from') return node.prevSibling?.name !== '.';
  return hasEarlier(node, /^import$/);
}

function hasLater(node: SyntaxNode, kind: RegExp): boolean {
  for (let next = node.nextSibling; next !== null; next = next.nextSibling) {
    if (kind.test(next.name)) return true;
  }
  return false;
}

function hasEarlier(node: SyntaxNode, kind: RegExp): boolean {
  for (let previous = node.prevSibling; previous !== null; previous = previous.prevSibling) {
    if (kind.test(previous.name)) return true;
  }
  return false;
}
