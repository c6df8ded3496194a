export { IMPORT_FORMS, IMPORT_KINDS, isExecutedAtImport } from './model/import-kind.ts';
export type { ImportForm, ImportKind } from './model/import-kind.ts';
export type {
  Digraph,
  GraphView,
  IgnoreComment,
  ImportGraph,
  ImportRecord,
  ImportTable,
  Language,
  Module,
  Problem,
} from './model/import-graph.ts';
export { readImport } from './model/read-import.ts';

export { buildImportGraph } from './build-import-graph.ts';
export type { BuildOptions } from './build-import-graph.ts';

export { knotsOf, stronglyConnectedComponents } from './graph/components.ts';
export type { Components } from './graph/components.ts';
export { digraphFromEdges, digraphOf } from './graph/digraph.ts';
export type { DigraphOptions } from './graph/digraph.ts';
export { elementaryCycles } from './graph/elementary-cycles.ts';
export type { ElementaryCycleOptions, ElementaryCycles } from './graph/elementary-cycles.ts';
export { minimumFeedbackArcs } from './graph/feedback-arcs.ts';
export type { FeedbackArcOptions, FeedbackArcs } from './graph/feedback-arcs.ts';
export { shortestCycle } from './graph/shortest-cycle.ts';
export { toGraphlib } from './graph/to-graphlib.ts';
export type { ImportGraphlibGraph } from './graph/to-graphlib.ts';

export { analyseImports } from './report/analyse-imports.ts';
export type { AnalyseOptions } from './report/analyse-options.ts';
export { readBaseline, writeBaseline } from './report/baseline-file.ts';
export { compareWithBaseline, createBaseline, updateBaseline } from './report/baseline.ts';
export type { Baseline, BaselineComparison } from './report/baseline.ts';
export type {
  Arc,
  FirstImport,
  FirstImportError,
  FixKind,
  IgnoredImport,
  ImportReport,
  ImportToMove,
  Knot,
  ReportedImport,
} from './report/import-report.ts';
export type { ReadSource } from './report/source-text.ts';
