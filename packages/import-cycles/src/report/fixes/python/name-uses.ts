import type { NameUse } from '../name-use.ts';
import { NamePlaces } from './name-places.ts';
import type { BoundName, PythonImport, PythonSource } from './python-source.ts';
import { moduleScope } from './scope.ts';
import { StatementWalk } from './statement-walk.ts';

/**
 * Where a file uses the names that one of its imports binds.
 *
 * @param annotationsWait - Whether annotations are not evaluated at import even without
 * `from __future__ import annotations`: in Python 3.14 and later (PEP 649).
 */
export function usesOfPythonNames(
  source: PythonSource,
  statement: PythonImport,
  names: readonly BoundName[],
  annotationsWait: boolean,
): NameUse[] {
  const places = new NamePlaces(names, annotationsWait || source.syntax.futureAnnotations);
  const walk = new StatementWalk(places, statement.statement);
  walk.statements(source.syntax.body, moduleScope(), { owners: [] });
  return names.map((name) => ({ name: name.path, places: places.found.get(name)! }));
}
