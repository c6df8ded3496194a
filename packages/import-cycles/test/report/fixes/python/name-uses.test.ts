import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { Place } from '../../../../src/report/fixes/name-use.ts';
import { usesOfPythonNames } from '../../../../src/report/fixes/python/name-uses.ts';
import { PythonSource } from '../../../../src/report/fixes/python/python-source.ts';

interface Reference {
  readonly path: string;
  readonly names: Readonly<
    Record<string, { readonly line: number; readonly uses: readonly [number, string][] }>
  >;
}

/** Every so many files of the standard library: a sample that takes a few seconds. */
const EVERY = 8;

it('uses of imported names are those that CPython’s ast and symtable see in the standard library', async () => {
  const script = join(import.meta.dirname, 'name_uses.py');
  const { stdout: library } = await execa('python3', [
    '-c',
    'import sysconfig; print(sysconfig.get_path("stdlib"))',
  ]);
  const files = globSync('**/*.py', { cwd: library, exclude: ['**/site-packages/**'] })
    .sort()
    .filter((_, at) => at % EVERY === 0)
    .map((path) => join(library, path));
  const { stdout } = await execa('python3', [script, ...files], { maxBuffer: 2 ** 28 });

  let compared = 0;
  const differences: string[] = [];
  for (const line of stdout.split('\n')) {
    const { path, names } = JSON.parse(line) as Reference;
    const source = PythonSource.parse(readFileSync(path, 'utf8'));
    if (source === undefined) throw new Error(`${path} was not parsed`);
    for (const [local, reference] of Object.entries(names)) {
      const statement = source.imports.find(
        (each) => each.statement.line === reference.line && each.names.some((name) => name.local === local),
      )!;
      const bound = statement.names.filter((name) => name.local === local);
      const [use] = usesOfPythonNames(source, statement, bound, true);
      // A run tells what is meant where a class body binds the name too.
      const unknown = new Set(reference.uses.filter(([, when]) => when === 'unknown').map(([at]) => at));
      const found = use!.places
        .filter(({ when, line: at }) => when !== 'offered' && !unknown.has(at))
        .map(described);
      const expected = reference.uses.filter(([at]) => !unknown.has(at)).map(([at, when]) => `${at} ${when}`);
      compared++;
      const [ours, theirs] = [found, expected].map((list) => [...new Set(list)].sort().join(', '));
      if (ours !== theirs) differences.push(`${path}: ${local}: ${ours} instead of ${theirs}`);
    }
  }
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(500);
});

/** Fields of classes that evaluate their annotations are annotations to `ast`. */
function described(place: Place): string {
  const isField = place.when === 'import' && place.role.startsWith('the type of a field');
  return `${place.line} ${isField ? 'annotation' : place.when}`;
}
