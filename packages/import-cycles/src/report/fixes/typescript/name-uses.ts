import type { ts as TypeScript } from 'ts-morph';
import type { Place } from '../name-use.ts';

type Compiler = typeof TypeScript;

/** Where a TypeScript or JavaScript file uses a name that one of its imports binds. */
export function usesOfTypeScriptName(
  ts: Compiler,
  file: TypeScript.SourceFile,
  local: string,
  statement: TypeScript.Node,
): Place[] {
  const places: Place[] = [];
  // A stack of our own: an expression may be nested deeper than the engine's allows.
  const waiting: TypeScript.Node[] = [file];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === statement) continue;
    if (ts.isIdentifier(node) && node.text === local && isUse(ts, node)) places.push(placeOf(ts, file, node));
    const children: TypeScript.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    waiting.push(...children.reverse());
  }
  return places;
}

function placeOf(ts: Compiler, file: TypeScript.SourceFile, use: TypeScript.Identifier): Place {
  const line = file.getLineAndCharacterOfPosition(use.getStart(file)).line + 1;
  let role: string | undefined;
  for (
    let child: TypeScript.Node = use, node = use.parent;
    node !== undefined;
    child = node, node = node.parent
  ) {
    if (ts.isExportSpecifier(node)) return { when: 'offered', line };
    if (ts.isExpressionWithTypeArguments(node)) {
      const clause = node.parent;
      const isBase =
        ts.isHeritageClause(clause) &&
        clause.token === ts.SyntaxKind.ExtendsKeyword &&
        ts.isClassLike(clause.parent) &&
        child === node.expression;
      if (!isBase) return { when: 'annotation', line, evaluated: false };
      role ??= `the base class of \`${labelOf(ts, file, clause.parent)}\``;
    } else if (ts.isTypeNode(node)) {
      return { when: 'annotation', line, evaluated: false };
    }
    if (ts.isDecorator(node)) role ??= 'a decorator';
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression === child)
      role ??= 'called';
    if (ts.isPropertyDeclaration(node) && node.initializer === child && !isStatic(ts, node)) {
      return { when: 'call', line, label: labelOf(ts, file, node), waits: false };
    }
    if (ts.isFunctionLike(node) && 'body' in node && node.body === child) {
      return { when: 'call', line, label: labelOf(ts, file, node), waits: isAsync(ts, node) };
    }
  }
  return { when: 'import', line, role: role ?? 'used' };
}

/** Not a name of a property, of a parameter, or of something that is declared here. */
function isUse(ts: Compiler, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if ('name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent)) return false;
  return true;
}

function isStatic(ts: Compiler, node: TypeScript.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}

function isAsync(ts: Compiler, node: TypeScript.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
  );
}

/** `Cart.total`, `total`, or where it stands. */
function labelOf(ts: Compiler, file: TypeScript.SourceFile, node: TypeScript.Node): string {
  const named = 'name' in node && node.name !== undefined ? node : node.parent;
  const name = ts.isConstructorDeclaration(node)
    ? 'constructor'
    : 'name' in named && named.name !== undefined
      ? (named.name as TypeScript.Node).getText(file)
      : undefined;
  if (name === undefined) {
    return `the function in line ${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
  }
  const owner = ts.isClassLike(named.parent) ? named.parent.name?.text : undefined;
  return owner === undefined ? name : `${owner}.${name}`;
}
