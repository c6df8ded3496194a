import { ts } from 'ts-morph';

/** What of a project's options makes a name a value although nothing but types and JSX mention it. */
export interface ValueRules {
  /** `emitDecoratorMetadata`: types in a decorated class are executed as values. */
  readonly decoratorMetadata: boolean;
  /** Names that JSX calls (`React`, or what `jsxFactory` says). */
  readonly jsxNames: readonly string[];
}

/**
 * Which of `names` (imported into `file`) its code uses as a value, so that a compiler cannot erase their import. It goes by
 * syntax: a local variable of the same name counts as a use, as does exporting the name, so the answer errs towards "used".
 */
export function valueNames(
  file: ts.SourceFile,
  names: ReadonlySet<string>,
  rules: ValueRules,
): ReadonlySet<string> {
  const used = new Set<string>();
  const inTypes = new Set<string>();
  let isDecorated = false;

  const use = (name: string): void => {
    if (names.has(name)) used.add(name);
  };

  const visit = (node: ts.Node): void => {
    if (used.size === names.size) return;
    if (ts.isIdentifier(node)) return use(node.text);
    if (isErased(node)) {
      if (rules.decoratorMetadata) visitType(node);
      return;
    }
    if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return;
    if (ts.isDecorator(node)) isDecorated = true;
    if (isJsx(node)) for (const name of rules.jsxNames) use(name);
    if (ts.isExportSpecifier(node)) return node.isTypeOnly ? undefined : visitExport(node);
    ts.forEachChild(node, (child) => {
      if (!isNameOf(node, child)) visit(child);
    });
  };

  const visitExport = (node: ts.ExportSpecifier): void => use((node.propertyName ?? node.name).text);

  const visitType = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) inTypes.add(node.text);
    ts.forEachChild(node, visitType);
  };

  for (const statement of file.statements) {
    if (
      !ts.isImportDeclaration(statement) &&
      !(ts.isExportDeclaration(statement) && statement.moduleSpecifier)
    ) {
      visit(statement);
    }
  }
  if (isDecorated) for (const name of inTypes) used.add(name);
  return used;
}

/** Types and declarations without code. Base classes look like types to the parser but are executed. */
function isErased(node: ts.Node): boolean {
  if (ts.isExpressionWithTypeArguments(node)) return false;
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isTypeParameterDeclaration(node)) return true;
  if (ts.isExportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return node.isTypeOnly;
  return (
    ts.canHaveModifiers(node) &&
    (node.modifiers?.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword) ?? false)
  );
}

/** Whether a child names something without looking it up in scope: a member, a declaration. */
function isNameOf(node: ts.Node, child: ts.Node): boolean {
  if (!ts.isIdentifier(child) || ts.isShorthandPropertyAssignment(node)) return false;
  const { name, propertyName } = node as { name?: ts.Node; propertyName?: ts.Node };
  return child === name || child === propertyName;
}

function isJsx(node: ts.Node): boolean {
  return ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningFragment(node);
}
