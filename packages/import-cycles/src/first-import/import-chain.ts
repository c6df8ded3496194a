import { IMPORT_KINDS } from '../model/import-kind.ts';
import type { ImportGraph } from '../model/import-graph.ts';
import type { ReportedImport } from '../report/import-report.ts';
import { rowsOf } from '../report/rows-of.ts';
import type { ImportStep } from './interpreter/values/python-exception.ts';

/** What chains of a graph share: long ones of many modules hold the same imports. */
interface Known {
  readonly indexes: ReadonlyMap<string, number>;
  readonly imports: Map<string, ReportedImport>;
}

const known = new WeakMap<ImportGraph, Known>();

/** Import statements in progress, by module names and lines, as a reader meets them. */
export function importChain(graph: ImportGraph, steps: readonly ImportStep[]): ReportedImport[] {
  let shared = known.get(graph);
  if (shared === undefined) {
    shared = { indexes: new Map(graph.modules.map(({ name }, index) => [name, index])), imports: new Map() };
    known.set(graph, shared);
  }
  const { indexes, imports } = shared;
  return steps.map((step) => {
    const key = `${step.from}\0${step.to}\0${step.line}`;
    let found = imports.get(key);
    if (found === undefined) {
      found = read(graph, indexes.get(step.from), step);
      imports.set(key, found);
    }
    return found;
  });
}

function read(graph: ImportGraph, index: number | undefined, { from, to, line }: ImportStep): ReportedImport {
  if (index === undefined) return { from, to, path: '', line, kind: 'module' };
  return { from, to, path: graph.modules[index]!.path, line, kind: kindAt(graph, index, line) };
}

/** The kind of the imports that stand on a line (one statement's are all alike). */
function kindAt({ imports }: ImportGraph, module: number, line: number): ReportedImport['kind'] {
  const { start, end } = rowsOf(imports, module);
  for (let row = start; row < end; row++) {
    if (imports.statementLine[row] === line || imports.line[row] === line)
      return IMPORT_KINDS[imports.kind[row]!] ?? 'module';
  }
  return 'module';
}
