import { setTimeout as sleep } from 'node:timers/promises';
import { buildImportGraph } from '../../build-import-graph.ts';
import { ImportTableBuilder } from '../../model/import-table-builder.ts';
import type { ImportGraph, ImportRecord } from '../../model/import-graph.ts';
import { readImport } from '../../model/read-import.ts';
import { analyseImports } from '../../report/analyse-imports.ts';
import type { Finder, FinderChoice } from './finder.ts';
import { findCycles } from './find-cycles.ts';

/** The analysis that a plan asks for: the complete one, or one that a fault has broken on purpose. */
export function chooseFinder(choice: FinderChoice): Finder {
  switch (choice.kind) {
    case 'complete':
      return findCycles;
    case 'blind':
      return blindTo((row) => row[choice.to === 'from' ? 'form' : 'kind'] === choice.to);
    case 'hasty':
      return (search) => findCycles({ ...search, analyse: { ...search.analyse, view: 'all' } });
    case 'optimistic':
      return async (search) => {
        const { graph, report } = await findCycles(search);
        const firstImports = report.firstImports.map(({ module, found }) => ({
          module,
          found,
          outcome: 'ok' as const,
        }));
        return { graph, report: { ...report, firstImports } };
      };
    case 'raising':
      return () => Promise.reject(new RangeError('Maximum call stack size exceeded'));
    case 'slow':
      return async (search) => {
        await sleep(
          choice.ms,
          undefined,
          search.build.signal === undefined ? {} : { signal: search.build.signal },
        );
        return findCycles(search);
      };
    case 'greedy':
      return async (search) => {
        const kept = Buffer.alloc(choice.bytes, 1);
        const found = await findCycles(search);
        // Looking at it once more keeps it from being collected before.
        if (kept[kept.length - 1] !== 1) throw new Error('The memory that was filled has changed');
        return found;
      };
  }
}

/** An analysis that never sees some imports. */
function blindTo(isMissed: (row: ImportRecord) => boolean): Finder {
  return async ({ roots, build, analyse }) => {
    const graph = withoutRows(await buildImportGraph(roots, build), isMissed);
    return { graph, report: await analyseImports(graph, analyse) };
  };
}

function withoutRows(graph: ImportGraph, isMissed: (row: ImportRecord) => boolean): ImportGraph {
  const { from, to, line, column, statementLine, kind, form, count } = graph.imports;
  const kept = new ImportTableBuilder();
  for (let row = 0; row < count; row++) {
    if (isMissed(readImport(graph, row))) continue;
    const at = (cells: ArrayLike<number>): number => cells[row] ?? 0;
    kept.addCodes(at(from), at(to), at(line), at(column), at(statementLine), at(kind), at(form));
  }
  return { ...graph, imports: kept.build() };
}
