import { ts } from 'ts-morph';
import type { FoundImport } from './found-import.ts';
import { pathToPosition } from './path-to-position.ts';

/** Where a call may stand; strings and comments match as well and are sorted out by the tree. */
const CANDIDATE = /\b(?:require|import)\b(?=\s*(?:\(|\?\.|\/[/*]))/g;

/** `require("…")`, `import("…")` and the type `import("…").T`, wherever they stand, in order. */
export function calledImports(file: ts.SourceFile, declarations: boolean): FoundImport[] {
  const found: FoundImport[] = [];
  for (const { index, 0: word } of file.text.matchAll(CANDIDATE)) {
    const path = pathToPosition(file, index);
    const call =
      word === 'import' ? (importType(path) ?? dynamicImport(path, index)) : requireCall(path, index, file);
    if (!call) continue;
    const { literal, kind } = call;
    found.push({
      specifier: literal.text,
      position: literal.getStart(file),
      statement: (statementIn(path) ?? literal).getStart(file),
      kind: declarations ? 'type-only' : kind,
      form: 'call',
      syntax: word === 'require' ? 'require' : 'dynamic',
    });
  }
  return found;
}

interface Call {
  readonly literal: ts.StringLiteralLike;
  readonly kind: FoundImport['kind'];
}

function importType(path: readonly ts.Node[]): Call | undefined {
  const node = path.at(-1)!;
  if (!ts.isImportTypeNode(node) || !ts.isLiteralTypeNode(node.argument)) return undefined;
  const { literal } = node.argument;
  return ts.isStringLiteral(literal) ? { literal, kind: 'type-only' } : undefined;
}

function dynamicImport(path: readonly ts.Node[], position: number): Call | undefined {
  const [keyword, call] = [path.at(-1), path.at(-2)];
  if (keyword?.kind !== ts.SyntaxKind.ImportKeyword || !call || !ts.isCallExpression(call)) return undefined;
  const literal = call.arguments[0];
  if (keyword.end !== position + 'import'.length || !literal || !ts.isStringLiteralLike(literal))
    return undefined;
  return { literal, kind: 'dynamic' };
}

function requireCall(path: readonly ts.Node[], position: number, file: ts.SourceFile): Call | undefined {
  const [name, call] = [path.at(-1), path.at(-2)];
  if (!name || !ts.isIdentifier(name) || name.getStart(file) !== position) return undefined;
  if (!call || !ts.isCallExpression(call) || call.expression !== name) return undefined;
  const literal = call.arguments[0];
  if (!literal || !ts.isStringLiteralLike(literal)) return undefined;
  return { literal, kind: isDeferred(path) ? 'function' : 'module' };
}

/** Whether the innermost node is executed later than the file: in a function that is not called on the spot. */
function isDeferred(path: readonly ts.Node[]): boolean {
  return path.some((node, depth) => {
    const child = path[depth + 1];
    if (!child) return false;
    if (ts.isPropertyDeclaration(node)) return child === node.initializer && !isStatic(node);
    if (!ts.isFunctionLike(node) || child === node.name || ts.isDecorator(child)) return false;
    return !isCalledOnTheSpot(path, depth);
  });
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some((each) => each.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

/** `(function () { … })()`, `(() => { … })()`, and with `.call(this)` or `.apply(this)`. */
function isCalledOnTheSpot(path: readonly ts.Node[], depth: number): boolean {
  const node = path[depth]!;
  if (!ts.isArrowFunction(node) && !(ts.isFunctionExpression(node) && !node.asteriskToken)) return false;
  let above = depth - 1;
  while (above > 0 && ts.isParenthesizedExpression(path[above]!)) above--;
  const access = path[above]!;
  if (ts.isPropertyAccessExpression(access) && /^(?:call|apply)$/.test(access.name.text)) above--;
  const call = path[above]!;
  return ts.isCallExpression(call) && call.expression === path[above + 1];
}

function statementIn(path: readonly ts.Node[]): ts.Node | undefined {
  return path.findLast(
    (node) =>
      (ts.isStatement(node) && !ts.isBlock(node)) || ts.isClassElement(node) || ts.isTypeElement(node),
  );
}
