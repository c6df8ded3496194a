import type { ImportCost } from '../../model/collection-profile.ts';
import type { ImportRecord, Recording } from '../../model/recording.ts';
import { importStatements, statementThatImports } from '../source/import-statements.ts';
import type { ReadSource } from '../source/read-source.ts';
import { isFileItself } from './heaviest-import.ts';
import type { ProjectPath } from './project-path.ts';

/** More are of no use to a reader, and would make the profile of a large project large. */
const MOST = 500;

/**
 * What each import costs by itself, the most expensive first. pytest's own imports are left out: they happened before it
 * was configured.
 */
export function importCosts(recording: Recording, path: ProjectPath, readSource: ReadSource): ImportCost[] {
  const { imports, phases } = recording;
  const configured = phases.find((phase) => phase.name === 'configure')?.atMs ?? 0;
  const selfs = selfTimes(imports);
  return imports
    .map((record, index) => ({ record, index, selfMs: selfs[index] ?? 0 }))
    .filter(
      ({ record }) => !isFileItself(record) && (record.within !== undefined || record.atMs >= configured),
    )
    .sort((left, right) => right.selfMs - left.selfMs || left.record.atMs - right.record.atMs)
    .slice(0, MOST)
    .map(({ record, index, selfMs }): ImportCost => {
      const modules = ancestry(imports, index).map((at) => imports[at]?.module ?? '');
      const line =
        record.within === undefined ? undefined : lineOf(record.within, modules[0] ?? '', readSource);
      return {
        module: record.module,
        ...(record.path !== undefined && { path: path(record.path) }),
        wallMs: record.wallMs,
        selfMs,
        memoryBytes: record.memoryBytes,
        chain: record.within === undefined ? modules : [path(record.within), ...modules],
        ...(record.within !== undefined && {
          location: { path: path(record.within), ...(line !== undefined && { line }) },
        }),
      };
    });
}

/** What of each import's time was not spent in the imports below it. */
export function selfTimes(imports: readonly ImportRecord[]): number[] {
  const selfs = imports.map((record) => record.wallMs);
  for (const record of imports) {
    if (selfs[record.parent] !== undefined)
      selfs[record.parent] = (selfs[record.parent] ?? 0) - record.wallMs;
  }
  return selfs.map((self) => Math.max(0, self));
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
