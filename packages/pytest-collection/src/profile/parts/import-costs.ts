import type { ImportCost } from '../../model/collection-profile.ts';
import type { ImportRecord, Recording } from '../../model/recording.ts';
import { importStatements, statementThatImports } from '../source/import-statements.ts';
import type { ReadSource } from '../source/read-source.ts';
import { isFileItself } from './heaviest-import.ts';
import { importWork } from './import-work.ts';
import type { ProjectPath } from './project-path.ts';

/** The recorder's own, and what it imports. */
const OWN = /^(?:_seaworthy_collect|seaworthy_memory_guard)(?:\.|$)/;

/** The recorder tells no import that takes less, ms, unless it takes memory. */
const UNTOLD_MS = 0.9;

/** More are of no use to a reader, and would make the profile of a large project large. */
const MOST = 500;

/**
 * What each import costs by itself, the most expensive first. pytest's own imports are left out: they happened before it
 * was configured. So are the recorder's, and collections of garbage.
 *
 * @param again a second recording of the same, which came to its end: what stopped one of them by chance, such as another
 * program, is in no import's time
 */
export function importCosts(
  recording: Recording,
  path: ProjectPath,
  readSource: ReadSource,
  again?: Recording,
): ImportCost[] {
  const { imports, phases } = recording;
  const configured = phases.find((phase) => phase.name === 'configure')?.atMs ?? 0;
  const selfs = selfTimes(imports);
  const least = again && timesOf(again.imports);
  return imports
    .map((record, index) => {
      const other = least === undefined ? NO_BOUND : (least.get(keyOf(record)) ?? UNTOLD);
      return {
        record,
        index,
        selfMs: Math.min(selfs[index] ?? 0, other.selfMs),
        wallMs: Math.min(importWork(record).wallMs, other.wallMs),
      };
    })
    .filter(
      ({ record }) =>
        !isFileItself(record) &&
        !isOwn(record, imports) &&
        (record.within !== undefined || record.atMs >= configured),
    )
    .sort((left, right) => right.selfMs - left.selfMs || left.record.atMs - right.record.atMs)
    .slice(0, MOST)
    .map(({ record, index, selfMs, wallMs }): ImportCost => {
      const modules = ancestry(imports, index).map((at) => imports[at]?.module ?? '');
      const line =
        record.within === undefined ? undefined : lineOf(record.within, modules[0] ?? '', readSource);
      return {
        module: record.module,
        ...(record.path !== undefined && { path: path(record.path) }),
        wallMs,
        selfMs,
        memoryBytes: record.memoryBytes,
        chain: record.within === undefined ? modules : [path(record.within), ...modules],
        ...(record.within !== undefined && {
          location: { path: path(record.within), ...(line !== undefined && { line }) },
        }),
      };
    });
}

interface Times {
  readonly selfMs: number;
  readonly wallMs: number;
}

const NO_BOUND: Times = { selfMs: Infinity, wallMs: Infinity };
const UNTOLD: Times = { selfMs: UNTOLD_MS, wallMs: UNTOLD_MS };

function timesOf(imports: readonly ImportRecord[]): ReadonlyMap<string, Times> {
  const selfs = selfTimes(imports);
  return new Map(
    imports.map((record, index) => [
      keyOf(record),
      { selfMs: selfs[index] ?? 0, wallMs: importWork(record).wallMs },
    ]),
  );
}

function keyOf({ module, within = '' }: ImportRecord): string {
  return `${module}\0${within}`;
}

function isOwn(record: ImportRecord, imports: readonly ImportRecord[]): boolean {
  for (let at: ImportRecord | undefined = record; at !== undefined; at = imports[at.parent])
    if (OWN.test(at.module)) return true;
  return false;
}

/** What of each import's time was not spent in the imports below it, nor in collections of garbage. */
function selfTimes(imports: readonly ImportRecord[]): number[] {
  const works = imports.map((record) => importWork(record).wallMs);
  const selfs = [...works];
  for (const [index, { parent }] of imports.entries()) {
    const above = selfs[parent];
    if (above !== undefined) selfs[parent] = above - (works[index] ?? 0);
  }
  return selfs.map((self, index) => imports[index]?.selfMs ?? Math.max(0, self));
}

/** Indices from the outermost import of the same test file or conftest to this one. */
export function ancestry(imports: readonly ImportRecord[], index: number): number[] {
  const within = imports[index]?.within;
  const line: number[] = [];
  for (let at = index; at >= 0;) {
    const record = imports[at];
    // A module that imports a test file (or the other way round): what is outside belongs to another file.
    if (record === undefined || record.within !== within || isFileItself(record)) break;
    line.unshift(at);
    at = record.parent;
  }
  return line;
}

function lineOf(file: string, module: string, readSource: ReadSource): number | undefined {
  const source = readSource(file);
  return source === undefined ? undefined : statementThatImports(importStatements(source), module)?.line;
}
