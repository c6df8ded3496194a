import { join } from 'node:path';
import type { Arc, ImportReport } from './import-report.ts';

/** What an analysis looked at. */
export type Seen = Pick<ImportReport, 'base' | 'roots' | 'modules'>;

/** The folders that the names of a report's modules are found below, absolute, sorted. */
export function foldersOf({ base, roots }: Pick<Seen, 'base' | 'roots'>): string[] {
  return [...new Set([base, ...roots.map((root) => join(base, root))])].sort();
}

/**
 * Says of an arc of a baseline whether an analysis can judge it. A cycle may lead through modules that the analysis did not
 * look at, because it was of a part of the project: an arc is judged where every module that the baseline ties to it was
 * looked at, or is no longer there.
 *
 * @param folders - Below which the baseline's modules were found; where they are not known no module counts as gone.
 */
export function judgedBy(
  seen: Pick<Seen, 'modules'>,
  arcs: readonly Arc[],
  folders: readonly string[] | undefined,
  isFile: (path: string) => boolean,
): (arc: Arc) => boolean {
  const names = new Set(seen.modules.map(({ name }) => name));
  const isGone = (name: string): boolean =>
    folders !== undefined && !folders.some((folder) => filesOf(folder, name).some(isFile));
  const groups = groupsOf(arcs);
  const unjudged = new Set<string>();
  for (const [name, group] of groups) if (!names.has(name) && !isGone(name)) unjudged.add(group);
  return ({ from }) => !unjudged.has(groups.get(from)!);
}

/** The files that a module may be read from: its name is a path, or dotted. */
function filesOf(folder: string, name: string): string[] {
  const path = join(folder, ...name.split('.'));
  const inits = ['__init__.py', '__init__.pyi'].map((init) => join(path, init));
  return [join(folder, name), `${path}.py`, `${path}.pyi`, ...inits];
}

/** For each module one that stands for all that arcs tie together. */
function groupsOf(arcs: readonly Arc[]): Map<string, string> {
  const above = new Map<string, string>();
  const topOf = (name: string): string => {
    let top = name;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    // Later walks from here are short.
    for (let at = name; at !== top;) {
      const next = above.get(at)!;
      above.set(at, top);
      at = next;
    }
    return top;
  };
  const names = new Set<string>();
  for (const { from, to } of arcs) {
    names.add(from).add(to);
    const [left, right] = [topOf(from), topOf(to)];
    if (left !== right) above.set(left, right);
  }
  return new Map([...names].map((name) => [name, topOf(name)]));
}
