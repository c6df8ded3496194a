import type { ModuleSyntax, Statement } from './nodes.ts';
import { StatementParser } from './statement-parser.ts';
import { tokenise } from './tokens.ts';

/**
 * Parses a module's source, decoded.
 *
 * @throws SyntaxFault where no Python from 3.8 to 3.15 would compile it. (Python that only the compiler proper refuses,
 * such as `return` outside a function, is let through.)
 */
export function parseModule(source: string): ModuleSyntax {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const parser = new StatementParser(tokenise(text));
  const body = parser.module();
  return {
    body,
    futureAnnotations: hasFutureAnnotations(body),
    docstring: docstringOf(body),
    needs: parser.needs,
  };
}

/** The string that a block begins with, if it does. */
export function docstringOf(body: readonly Statement[]): string | null {
  const first = body[0];
  if (first?.kind !== 'expression' || first.value.kind !== 'constant') return null;
  return typeof first.value.value === 'string' ? first.value.value : null;
}

function hasFutureAnnotations(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      statement.kind === 'from' &&
      statement.module === '__future__' &&
      statement.level === 0 &&
      statement.names !== '*' &&
      statement.names.some(({ name }) => name === 'annotations'),
  );
}
