import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { usual } from './interpreters.ts';
import { Project, type Files } from './record-project.ts';

const TWO: Files = {
  'tests/conftest.py': 'import shared_one\n',
  'tests/shared_one.py': 'x = 1\n',
  'tests/test_a.py': 'def test_a():\n    assert True\n',
  'tests/test_b.py': 'import shared_one\n\ndef test_b():\n    assert True\n',
};

/** Gives a package's name to something else throughout, as a later version might. */
async function withRenamed(project: Project, name: string): Promise<string> {
  const folder = join(project.beside, 'later');
  for (const part of ['_pytest', 'pytest'])
    await cp(join(usual().folder, part), join(folder, part), { recursive: true });
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!entry.endsWith('.py')) continue;
    const text = await readFile(join(folder, entry), 'utf8');
    await writeFile(
      join(folder, entry),
      text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}_as_it_is_now`),
    );
  }
  return folder;
}

it.each([
  '_prepareconfig',
  'get_cache_dir',
  'PYC_TAIL',
  'cache_dir_from_config',
  '_read_pyc',
  '_write_pyc',
  '_importconftest',
])('collects with a pytest that has no %s any more, and says so once', async (name) => {
  await using project = await Project.of(TWO);
  const folder = await withRenamed(project, name);
  const { recording, exitCode } = await project.record({
    with: { ...usual(), folder: `${folder}:${usual().folder}` },
    bytecode: { kind: 'private', folder: join(project.beside, 'bytecode') },
    detail: 'hooks',
    mayHaveFaults: true,
  });
  expect(exitCode).toBe(0);
  expect(recording.items?.found).toBe(2);
  expect(recording.ending).toEqual({ status: 0, kind: 'finished' });
  expect(recording.faults).toEqual([expect.stringContaining(name)]);
  const written = await readdir(project.root, { recursive: true });
  expect(written.filter((path) => path.includes('__pycache__'))).toEqual([]);
});

/** The same for what Python's import system is made of. */
const RENAMES = `
import importlib._bootstrap, importlib._bootstrap_external, os

OLD = os.environ["RENAMED"]
NEW = OLD + "_as_it_is_now"

def renamed(code):
    return code.replace(
        co_names=tuple(NEW if name == OLD else name for name in code.co_names),
        co_consts=tuple(renamed(part) if hasattr(part, "co_names") else part for part in code.co_consts),
    )

for module in (importlib._bootstrap, importlib._bootstrap_external):
    for space in [module] + [value for value in vars(module).values() if isinstance(value, type)]:
        for value in list(vars(space).values()):
            function = getattr(value, "__func__", value)
            if hasattr(function, "__code__"):
                function.__code__ = renamed(function.__code__)
        if OLD in vars(space):
            setattr(space, NEW, vars(space)[OLD])
            delattr(space, OLD)
`;

it.each(['_ModuleLockManager', '_get_module_lock', '_cache_bytecode'])(
  'collects with a Python that has no %s any more',
  async (name) => {
    await using project = await Project.of({ ...TWO, 'later/sitecustomize.py': RENAMES });
    const { recording, exitCode, stderr } = await project.record({
      args: ['tests'],
      more: [project.path('later')],
      env: { RENAMED: name },
      bytecode: { kind: 'private', folder: join(project.beside, 'bytecode') },
      mayHaveFaults: true,
    });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(recording.items?.found).toBe(2);
    expect(recording.faults).toEqual([expect.stringContaining(name)]);
    const written = await readdir(project.path('tests'));
    expect(written).not.toContain('__pycache__');
  },
);

it('leaves pytest alone where nothing of it can be recorded', async () => {
  await using project = await Project.of(TWO);
  const folder = await withRenamed(project, 'SomethingElse');
  const entry = join(folder, 'pytest/__init__.py');
  const text = await readFile(entry, 'utf8');
  await writeFile(entry, `${text}\ndel Session\n`);
  const { recording, exitCode, stdout } = await project.record({
    with: { ...usual(), folder: `${folder}:${usual().folder}` },
    mayHaveFaults: true,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('2 tests collected');
  expect(recording.ending).toEqual({ status: 0, kind: 'finished' });
  expect(recording.faults).toEqual([
    expect.stringMatching(/_make_plugin failed with AttributeError[^]*Session/),
  ]);
});
