import type { FileCost } from '../../model/collection-profile.ts';
import type { Recording } from '../../model/recording.ts';
import { directImports, heaviestImport } from './heaviest-import.ts';
import type { ProjectPath } from './project-path.ts';

/** What loading each conftest costs, the most expensive first. */
export function conftestCosts(recording: Recording, path: ProjectPath): FileCost[] {
  const sources = new Map(recording.sources.map((source) => [source.path, source]));
  const direct = directImports(recording.imports);
  return recording.conftests
    .map((conftest): FileCost => {
      const source = sources.get(conftest.path);
      const heaviest = heaviestImport(direct, conftest.path, conftest.wallMs);
      return {
        path: path(conftest.path),
        wallMs: conftest.wallMs,
        cpuMs: conftest.cpuMs,
        memoryBytes: conftest.memoryBytes,
        items: 0,
        deselected: 0,
        rewriteMs: source?.rewriteMs ?? 0,
        execMs: source?.execMs ?? 0,
        ...(heaviest !== undefined && { heaviestImport: heaviest }),
      };
    })
    .sort((left, right) => right.wallMs - left.wallMs);
}
