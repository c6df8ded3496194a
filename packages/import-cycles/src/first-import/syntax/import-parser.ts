import type { ImportedName, Statement } from './nodes.ts';

/** What the import statements need of a parser. */
export interface ImportReader {
  is(text: string): boolean;
  take(text: string): boolean;
  expect(text: string): void;
  identifier(): string;
}

/** Parses `import a.b as c, d`, from `import` on. */
export function parseImport(reader: ImportReader, line: number, lazy: boolean): Statement {
  reader.expect('import');
  const names: ImportedName[] = [];
  do names.push(withAlias(reader, dottedName(reader)));
  while (reader.take(','));
  return { kind: 'import', names, lazy, line };
}

/** Parses `from ..a import b as c`, from `from` on. */
export function parseFrom(reader: ImportReader, line: number, lazy: boolean): Statement {
  reader.expect('from');
  let level = 0;
  for (;;) {
    if (reader.take('.')) level++;
    else if (reader.take('...')) level += 3;
    else break;
  }
  const module = level > 0 && reader.is('import') ? '' : dottedName(reader);
  reader.expect('import');
  if (reader.take('*')) return { kind: 'from', module, level, names: '*', lazy, line };
  const bracketed = reader.take('(');
  const names: ImportedName[] = [];
  do {
    if (bracketed && reader.is(')')) break;
    names.push(withAlias(reader, reader.identifier()));
  } while (reader.take(','));
  if (bracketed) reader.expect(')');
  return { kind: 'from', module, level, names, lazy, line };
}

function dottedName(reader: ImportReader): string {
  let name = reader.identifier();
  while (reader.take('.')) name += `.${reader.identifier()}`;
  return name;
}

function withAlias(reader: ImportReader, name: string): ImportedName {
  return reader.take('as') ? { name, as: reader.identifier() } : { name };
}
