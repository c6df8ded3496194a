import { matchesGlob } from 'node:path';

/**
 * What the user's `exclude` globs leave out, whatever the language. A pattern without a slash matches names of files and
 * folders at any depth, as in `.gitignore` (`generated`, `*_pb2.py`); any other is relative to the graph's base
 * (`src/generated`, `docs/**`). An excluded folder takes all below it along.
 *
 * @returns whether an entry is left out, by its path (relative to the base, with forward slashes) and its name
 */
export function excludeGlobs(patterns: readonly string[]): (path: () => string, name: string) => boolean {
  const byName: string[] = [];
  const byPath: string[] = [];
  for (const raw of patterns) {
    const pattern = raw
      .replaceAll('\\', '/')
      .replace(/^\.\//, '')
      .replace(/\/+(?:\*\*)?$/, '');
    if (pattern.includes('/')) byPath.push(pattern.replace(/^\//, ''));
    else byName.push(pattern);
  }
  return (path, name) => {
    if (byName.some((pattern) => matches(name, pattern))) return true;
    if (byPath.length === 0) return false;
    const whole = path();
    return byPath.some((pattern) => matches(whole, pattern) || matchesGlob(whole, `${pattern}/**`));
  };
}

/** A name may hold what means something in a glob, such as `[id].ts`. */
function matches(text: string, pattern: string): boolean {
  return text === pattern || matchesGlob(text, pattern);
}
