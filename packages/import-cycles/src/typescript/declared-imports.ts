import { ts } from 'ts-morph';
import type { FoundImport } from './found-import.ts';

/** What of a project's options decides which imports a compiler erases. */
export interface ErasureRules {
  /**
   * `verbatimModuleSyntax` (or its predecessors): only what says `type` at the statement is erased. `import { type A } from
   * "./a"` then stays as `import {} from "./a"`, which executes `./a`.
   */
  readonly verbatim: boolean;
  /** Nothing is executed: a file of declarations. */
  readonly declarations: boolean;
}

/**
 * `import`, `export … from` and `import x = require()` at the top level of a file, in order. `export { T } from` counts as
 * executed even if `T` is a type, which only its module tells: compilers of single files keep it as well.
 */
export function declaredImports(file: ts.SourceFile, rules: ErasureRules): FoundImport[] {
  const found: FoundImport[] = [];
  for (const statement of file.statements) {
    const each = ts.isImportDeclaration(statement)
      ? importDeclaration(statement, rules)
      : ts.isExportDeclaration(statement)
        ? exportDeclaration(statement, rules)
        : ts.isImportEqualsDeclaration(statement)
          ? importEquals(statement, rules)
          : undefined;
    if (!each) continue;
    const [literal, rest] = each;
    if (!ts.isStringLiteralLike(literal)) continue;
    found.push({
      specifier: literal.text,
      position: literal.getStart(file),
      statement: statement.getStart(file),
      ...rest,
      kind: rules.declarations ? 'type-only' : rest.kind,
    });
  }
  return found;
}

type Described = readonly [
  literal: ts.Expression,
  Pick<FoundImport, 'kind' | 'form' | 'syntax' | 'erasableNames'>,
];

function importDeclaration(node: ts.ImportDeclaration, rules: ErasureRules): Described {
  const clause = node.importClause;
  const literal = node.moduleSpecifier;
  if (!clause) return [literal, { kind: 'module', form: 'import', syntax: 'static' }];
  const bindings = clause.namedBindings;
  const form = bindings && ts.isNamespaceImport(bindings) ? 'star' : 'from';
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword)
    return [literal, { kind: 'type-only', form, syntax: 'static' }];
  if (clause.phaseModifier === ts.SyntaxKind.DeferKeyword)
    return [literal, { kind: 'lazy', form, syntax: 'static' }];
  if (rules.verbatim) return [literal, { kind: 'module', form, syntax: 'static' }];
  const names = bindings
    ? ts.isNamespaceImport(bindings)
      ? [bindings.name.text]
      : bindings.elements.filter((element) => !element.isTypeOnly).map((element) => element.name.text)
    : [];
  if (clause.name) names.push(clause.name.text);
  return names.length === 0
    ? [literal, { kind: 'type-only', form, syntax: 'static' }]
    : [literal, { kind: 'module', form, syntax: 'static', erasableNames: names }];
}

function exportDeclaration(node: ts.ExportDeclaration, rules: ErasureRules): Described | undefined {
  if (!node.moduleSpecifier) return undefined;
  const clause = node.exportClause;
  const form = clause && ts.isNamedExports(clause) ? 'from' : 'star';
  const onlyTypes =
    clause !== undefined &&
    ts.isNamedExports(clause) &&
    clause.elements.length > 0 &&
    clause.elements.every((element) => element.isTypeOnly);
  const kind = node.isTypeOnly || (onlyTypes && !rules.verbatim) ? 'type-only' : 're-export';
  return [node.moduleSpecifier, { kind, form, syntax: 'static' }];
}

function importEquals(node: ts.ImportEqualsDeclaration, rules: ErasureRules): Described | undefined {
  const reference = node.moduleReference;
  if (!ts.isExternalModuleReference(reference)) return undefined;
  const form = 'import';
  const syntax = 'require';
  if (node.isTypeOnly) return [reference.expression, { kind: 'type-only', form, syntax }];
  const isExported = node.modifiers?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword) ?? false;
  return rules.verbatim || isExported
    ? [reference.expression, { kind: 'module', form, syntax }]
    : [reference.expression, { kind: 'module', form, syntax, erasableNames: [node.name.text] }];
}
