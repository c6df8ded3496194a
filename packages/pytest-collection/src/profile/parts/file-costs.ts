import type { FileCost, ProfileNode } from '../../model/collection-profile.ts';
import type { Recording } from '../../model/recording.ts';
import { directImports, heaviestImport } from './heaviest-import.ts';
import type { ProjectPath } from './project-path.ts';

/** What each test file costs, classes included, the most expensive first; conftests are apart. */
export function fileCosts(recording: Recording, tree: ProfileNode, path: ProjectPath): FileCost[] {
  const direct = directImports(recording.imports);
  const counts = new Map(recording.items?.files.map((file) => [path(file.path), file]));
  const sources = new Map(recording.sources.map((source) => [path(source.path), source]));
  const conftests = new Set(recording.conftests.map((conftest) => path(conftest.path)));
  const absolute = new Map(recording.sources.map((source) => [path(source.path), source.path]));

  return filesBelow(tree)
    .filter((node) => node.path !== undefined && !conftests.has(node.path))
    .map((node): FileCost => {
      const name = node.path ?? '';
      const source = sources.get(name);
      const heaviest = heaviestImport(direct, absolute.get(name) ?? '', node.wallMs);
      return {
        path: name,
        wallMs: node.wallMs,
        cpuMs: node.cpuMs,
        memoryBytes: node.memoryBytes,
        items: counts.get(name)?.found ?? node.items,
        deselected: counts.get(name)?.deselected ?? 0,
        rewriteMs: source?.rewriteMs ?? 0,
        execMs: source?.execMs ?? 0,
        ...(node.unfinished === true && { unfinished: true }),
        ...(heaviest !== undefined && { heaviestImport: heaviest }),
      };
    })
    .sort((left, right) => right.wallMs - left.wallMs);
}

/** Every file of a tree. */
export function filesBelow(tree: ProfileNode): ProfileNode[] {
  const files: ProfileNode[] = [];
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'file') files.push(node);
    else open.push(...node.children);
  }
  return files;
}
