import { relative } from 'node:path';
import { digraphOf } from '../../src/graph/digraph.ts';
import { knotsOf } from '../../src/graph/components.ts';
import { readImport } from '../../src/model/read-import.ts';
import type { ImportGraph } from '../../src/model/import-graph.ts';
import { IMPORT_FORMS, IMPORT_KINDS } from '../../src/model/import-kind.ts';
import { buildPythonGraph } from '../../src/python/build-python-graph.ts';
import { discoverModules } from '../../src/python/discovery/discover-modules.ts';
import { scanModules } from '../../src/python/scan-modules.ts';
import { RELATIVE_TO_MODULE } from '../../src/python/scan/scan-sink.ts';
import * as cell from '../../src/python/scan-log.ts';
import type { LoggedFile, ScanLog } from '../../src/python/scan-log.ts';
import { askReference } from './ask-reference.ts';
import type { Reference, ReferenceEdge, ReferenceRecord } from './ask-reference.ts';

/** How much was compared, and what differs. */
export interface Comparison {
  readonly version: string;
  readonly files: number;
  /** Import records, external ones included. */
  readonly records: number;
  /** Import records between modules of the folder. */
  readonly edges: number;
  readonly components: number;
  /** Files that CPython cannot parse, and how many of them are reported. */
  readonly broken: number;
  readonly brokenReported: number;
  /** One line each; empty where both agree on everything. */
  readonly mismatches: readonly string[];
}

/** Compares every import, and every component of what an import may execute, with what CPython's `ast` finds. */
export async function compareWithReference(python: string, folder: string): Promise<Comparison> {
  const reference = askReference(python, folder);
  const graph = await buildPythonGraph([folder], { base: folder });
  const mismatches = [
    ...difference('record', await scannedRecords(folder, reference), referenceRecords(reference)),
    ...difference('edge', graphEdges(graph, reference), reference.edges.map(edgeText)),
    ...difference('component', graphComponents(graph, reference), reference.components.map(String)),
    ...unjustified(graph, reference),
  ];
  const broken = Object.keys(reference.broken);
  const reported = new Set(graph.problems.map(({ path }) => path));
  return {
    version: reference.version,
    files: Object.keys(reference.records).length + broken.length,
    records: Object.values(reference.records).reduce((sum, records) => sum + records.length, 0),
    edges: reference.edges.length,
    components: reference.components.length,
    broken: broken.length,
    brokenReported: broken.filter((path) => reported.has(path)).length,
    mismatches,
  };
}

function* scannedTexts(log: ScanLog, logged: LoggedFile, path: string): Generator<string> {
  for (let row = logged.first; row < logged.last; row++) {
    const at = row * cell.ROW;
    const value = (index: number): number => log.cells[at + index]!;
    const level = value(cell.LEVEL);
    const form = IMPORT_FORMS[value(cell.FORM)]!;
    const anchored = form === 'call' && level > 0;
    yield recordText(path, [
      IMPORT_KINDS[value(cell.KIND)]!,
      form,
      level & ~RELATIVE_TO_MODULE,
      log.strings[value(cell.MODULE)]!,
      anchored ? (level & RELATIVE_TO_MODULE ? 'name' : 'package') : log.strings[value(cell.NAME)]!,
      value(cell.LINE),
      value(cell.COLUMN),
      value(cell.STATEMENT_LINE),
    ]);
  }
}

async function scannedRecords(folder: string, { broken }: Reference): Promise<string[]> {
  const { index } = discoverModules([folder], { base: folder }, () => undefined);
  const texts: string[] = [];
  await scanModules(
    index.modules,
    folder,
    {},
    {
      done: (module, log, logged) => {
        const path = relative(folder, index.modules[module]!.file.path);
        if (!(path in broken)) texts.push(...scannedTexts(log, logged, path));
      },
      report: () => undefined,
    },
  );
  return texts;
}

function recordText(
  path: string,
  [kind, form, level, module, name, line, column, statement]: ReferenceRecord,
): string {
  const what = [kind, form, '.'.repeat(level) + module, name].join(' ');
  return `${path}:${statement} ${what} @${line ?? '?'}:${column ?? '?'}`;
}

function referenceRecords(reference: Reference): string[] {
  return Object.entries(reference.records).flatMap(([path, records]) =>
    records.map((record) => recordText(path, record)),
  );
}

function edgeText([from, to, kind, form, line, column, statement]: ReferenceEdge): string {
  return `${from}:${statement} -> ${to} ${kind} ${form} @${line ?? '?'}:${column ?? '?'}`;
}

function graphEdges(graph: ImportGraph, { broken }: Reference): string[] {
  const texts: string[] = [];
  for (let row = 0; row < graph.imports.count; row++) {
    const { from, to, kind, form, line, column, statementLine } = readImport(graph, row);
    if (!(from.path in broken))
      texts.push(edgeText([from.path, to.path, kind, form, line, column, statementLine]));
  }
  return texts;
}

function graphComponents(graph: ImportGraph, { broken }: Reference): string[] {
  const without = new Set<number>();
  for (let row = 0; row < graph.imports.count; row++) {
    if (graph.modules[graph.imports.from[row]!]!.path in broken) without.add(row);
  }
  return knotsOf(digraphOf(graph, 'import-time', { without })).map((nodes) =>
    nodes
      .map((node) => graph.modules[node]!.path)
      .sort(byCodePoint)
      .join(),
  );
}

/** Problems with files that CPython parses. */
function unjustified(graph: ImportGraph, reference: Reference): string[] {
  return graph.problems
    .filter(({ kind, path }) => kind !== 'configuration' && path in reference.records)
    .map(({ kind, path, line, message }) => `problem only here: ${path}:${line} ${kind} ${message}`);
}

/** Python compares strings by code point, JavaScript by UTF-16 unit. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** As multisets. Where the reference has no position, any one does. */
function difference(what: string, ours: readonly string[], theirs: readonly string[]): string[] {
  const open = new Map<string, number>();
  const vague = new Map<string, number>();
  for (const text of theirs) {
    const counts = text.endsWith('@?:?') ? vague : open;
    const key = text.replace(/@\?:\?$/, '');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const only: string[] = [];
  for (const text of ours) {
    const left = open.get(text) ?? 0;
    const loose = text.replace(/@\d+:\d+$/, '');
    const looseLeft = vague.get(loose) ?? 0;
    if (left > 0) open.set(text, left - 1);
    else if (looseLeft > 0) vague.set(loose, looseLeft - 1);
    else only.push(`${what} only here: ${text}`);
  }
  for (const [text, count] of [...open, ...vague]) {
    for (let n = 0; n < count; n++) only.push(`${what} only in the reference: ${text}`);
  }
  return only;
}
