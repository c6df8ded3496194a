import { ts } from 'ts-morph';

/** What of a project's options makes a name a value although nothing but types and JSX mention it. */
export interface ValueRules {
  /** `emitDecoratorMetadata`: types in a decorated class are executed as values. */
  readonly decoratorMetadata: boolean;
  /** Names that JSX calls (`React`, or what `jsxFactory` says). */
  readonly jsxNames: readonly string[];
}

/** One look-up instead of a dozen questions for each node. Base classes look like types to the parser but are executed. */
const ERASED: ReadonlySet<ts.SyntaxKind> = new Set([
  ...Array.from({ length: ts.SyntaxKind.LastTypeNode - ts.SyntaxKind.FirstTypeNode + 1 }, (_, offset) => {
    return (ts.SyntaxKind.FirstTypeNode + offset) as ts.SyntaxKind;
  }),
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.TypeParameter,
]);

/**
 * Which of `names` (imported into `file`) its code uses as a value, so that a compiler cannot erase their import. It goes by
 * the syntax of this one file, as all compilers but `tsc` have to, and errs towards "used" where only a type checker knows
 * better: a local variable of the same name, a type that is exported again by its name, a `const enum`.
 */
export function valueNames(
  file: ts.SourceFile,
  names: ReadonlySet<string>,
  rules: ValueRules,
): ReadonlySet<string> {
  const used = new Set<string>();
  const inTypes = new Set<string>();
  const jsxNames = [...rules.jsxNames, ...pragmasIn(file.text)];
  let isDecorated = false;

  /** True once every name is known to be used, which ends the walk. */
  const use = (name: string): boolean => names.has(name) && used.add(name).size === names.size;

  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return use(node.text);
    if (isErased(node)) {
      if (rules.decoratorMetadata) visitType(node);
      return false;
    }
    if (node.kind === ts.SyntaxKind.Decorator) isDecorated = true;
    if (isJsx(node) && jsxNames.some(use)) return true;
    if (ts.isExportSpecifier(node)) return !node.isTypeOnly && use((node.propertyName ?? node.name).text);
    return ts.forEachChild(node, (child) => !isNameOf(node, child) && visit(child)) ?? false;
  };

  const visitType = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) inTypes.add(node.text);
    ts.forEachChild(node, visitType);
  };

  for (const statement of file.statements) {
    const isImport = ts.isImportDeclaration(statement) || isReExport(statement);
    if (!isImport && visit(statement)) return used;
  }
  if (isDecorated) for (const name of inTypes) used.add(name);
  return used;
}

/** `@jsx h` and `@jsxFrag Fragment` in a comment choose for one file what JSX calls. */
function pragmasIn(text: string): string[] {
  if (!text.includes('@jsx')) return [];
  return Array.from(text.matchAll(/@jsx(?:Frag)?\s+([\w$]+)/g), ([, name]) => name!);
}

function isReExport(node: ts.Node): boolean {
  return ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined;
}

/** Types and declarations without code. */
function isErased(node: ts.Node): boolean {
  if (ERASED.has(node.kind)) return true;
  if (ts.isHeritageClause(node)) return node.token === ts.SyntaxKind.ImplementsKeyword;
  if (ts.isExportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return node.isTypeOnly;
  const { modifiers } = node as { modifiers?: ts.NodeArray<ts.ModifierLike> };
  return modifiers?.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** Whether a child names something without looking it up in scope: a member, a declaration. */
function isNameOf(node: ts.Node, child: ts.Node): boolean {
  if (!ts.isIdentifier(child) || ts.isShorthandPropertyAssignment(node)) return false;
  const { name, propertyName } = node as { name?: ts.Node; propertyName?: ts.Node };
  return child === name || child === propertyName;
}

function isJsx(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.JsxOpeningElement ||
    node.kind === ts.SyntaxKind.JsxSelfClosingElement ||
    node.kind === ts.SyntaxKind.JsxOpeningFragment
  );
}
