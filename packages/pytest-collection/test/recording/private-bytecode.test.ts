import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { combinations } from './interpreters.ts';
import { Project } from './record-project.ts';

const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

describe.each(extremes)('with $name', (combination) => {
  it('keeps bytecode in its folder alone, and makes the second run a warm one', async () => {
    await using project = await Project.of({
      'conftest.py': 'import shared_one\n',
      'shared_one.py': 'x = 1\n',
      'tests/test_a.py': 'import shared_one\nimport elsewhere_one\n\ndef test_a():\n    assert True\n',
    });
    const elsewhere = join(project.beside, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'elsewhere_one.py'), 'y = 2\n');
    const folder = join(project.beside, 'bytecode');
    const before = await everything(project.root);
    const options = {
      with: combination,
      bytecode: { kind: 'private', folder },
      more: [elsewhere],
      env: { PYTHONDONTWRITEBYTECODE: '1' },
      invocation: 'python -m pytest',
    } as const;

    const cold = await project.record(options);
    expect(cold.exitCode).toBe(0);
    expect(cold.recording.sources).toHaveLength(2);
    for (const source of cold.recording.sources) expect(source).toMatchObject({ hit: false, written: true });
    const kept = await everything(folder);
    for (const name of ['test_a', 'conftest', 'shared_one', 'elsewhere_one'])
      expect(kept.filter((path) => path.includes(`/${name}.cpython`))).toHaveLength(1);

    const warm = await project.record(options);
    expect(warm.recording.sources).toHaveLength(2);
    for (const source of warm.recording.sources) expect(source).toMatchObject({ hit: true, written: false });
    expect(warm.recording.items?.hash).toBe(cold.recording.items?.hash);
    expect((await everything(folder)).filter((path) => path.endsWith('.pyc'))).toEqual(
      kept.filter((path) => path.endsWith('.pyc')),
    );

    expect(await everything(project.root)).toEqual(before);
    expect(await everything(elsewhere)).toEqual(['elsewhere_one.py']);
  });

  it('reads what is installed where it is, and writes nothing there', async () => {
    await using project = await Project.of({
      'test_a.py': 'import kept_one, stale_one\n\ndef test_a(): pass\n',
    });
    const installed = join(project.root, 'venv/lib/site-packages');
    await project.write({
      'venv/lib/site-packages/kept_one.py': 'x = 1\n',
      'venv/lib/site-packages/stale_one.py': 'x = 1\n',
    });
    await execa(combination.python, ['-m', 'compileall', '-q', installed]);
    await writeFile(join(installed, 'stale_one.py'), 'x = 1  # longer than before\n');
    const before = await everything(installed);
    const folder = join(project.beside, 'bytecode');
    await project.record({
      with: combination,
      bytecode: { kind: 'private', folder },
      more: [installed],
    });
    expect(await everything(installed)).toEqual(before);
    const kept = await everything(folder);
    expect(kept.filter((path) => path.includes('/kept_one.'))).toEqual([]);
    expect(kept.filter((path) => path.includes('/stale_one.'))).toHaveLength(1);
  });

  it('chooses the tests that failed last by what the project remembers', async () => {
    await using project = await Project.of({
      'test_a.py': 'def test_a(): pass\n\ndef test_b(): pass\n',
      '.pytest_cache/v/cache/lastfailed': '{"test_a.py::test_b": true}',
      'pytest.ini': '[pytest]\naddopts = --lf --strict-config\n',
    });
    const before = await everything(project.root);
    const { recording } = await project.record({
      with: combination,
      bytecode: { kind: 'private', folder: join(project.beside, 'bytecode') },
    });
    expect(recording.items).toMatchObject({ found: 1, deselected: 0 });
    expect(await everything(project.root)).toEqual(before);
  });
});

async function everything(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
