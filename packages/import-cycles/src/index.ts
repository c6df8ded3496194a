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
export type {
  FirstImport,
  FirstImportError,
  FixKind,
  IgnoredImport,
  ImportReport,
  ImportToMove,
  Knot,
  ReportedImport,
} from './report/import-report.ts';
