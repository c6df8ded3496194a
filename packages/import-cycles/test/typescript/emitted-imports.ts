import { relative } from 'node:path';
import { ts } from 'ts-morph';

/**
 * What the compiler itself leaves of a project's imports, as `file specifier`: it makes a program with a type checker,
 * emits JavaScript, and lists the `import`, `export … from` and calls with a literal in what comes out.
 */
export function emittedImports(
  folder: string,
  files: readonly string[],
  options: ts.CompilerOptions,
): string[] {
  const program = ts.createProgram(files, {
    ...options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ESNext,
    jsx: ts.JsxEmit.Preserve,
    noEmit: false,
    allowImportingTsExtensions: false,
    emitDeclarationOnly: false,
    noCheck: false,
    rewriteRelativeImportExtensions: false,
    types: [],
  });
  const found: string[] = [];
  for (const file of files) {
    program.emit(program.getSourceFile(file), (name, text) => {
      if (/\.[cm]?jsx?$/.test(name))
        found.push(...specifiersIn(text).map((each) => `${relative(folder, file)} ${each}`));
    });
  }
  return found.sort();
}

function specifiersIn(javascript: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const literal =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && /^(?:import|require)$/.test(node.expression.getText(file))
          ? node.arguments[0]
          : undefined;
    if (literal && ts.isStringLiteralLike(literal)) found.push(literal.text);
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile('out.jsx', javascript, ts.ScriptTarget.Latest, true);
  visit(file);
  return found;
}
