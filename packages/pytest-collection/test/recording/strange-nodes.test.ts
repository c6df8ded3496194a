import { describe, expect, it } from 'vitest';
import { combinations } from './interpreters.ts';
import { Project } from './record-project.ts';

const TEST = 'def test_one():\n    pass\n';
const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

describe.each(extremes)('with $name', (combination) => {
  it('does not use up what a collector yields lazily', async () => {
    await using project = await Project.of({
      'test_a.py': TEST,
      'test_b.py': TEST,
      'conftest.py': `import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    outcome = yield
    report = outcome.get_result()
    if isinstance(collector, pytest.Module):
        report.result = (node for node in report.result)
`,
    });
    const { recording, exitCode } = await project.record({ with: combination, mayHaveFaults: true });
    expect(exitCode).toBe(0);
    expect(recording.items).toMatchObject({ found: 2, deselected: 0 });
    expect(recording.faults).toEqual([expect.stringContaining('tests of Module are not counted one by one')]);
  });

  it('counts tests that are made while pytest asks for them, and those that have no path', async () => {
    await using project = await Project.of({
      'test_a.py': TEST,
      'a.lazy': '',
      'conftest.py': `import pytest


class LazyItem(pytest.Item):
    gone = False

    def _get(self):
        if self.gone:
            raise RuntimeError("gone")
        return self.kept

    def _set(self, value):
        self.kept = value

    path = fspath = property(_get, _set)

    def runtest(self):
        pass

    def reportinfo(self):
        return "a.lazy", 0, "lazy"


class LazyFile(pytest.File):
    def collect(self):
        for n in range(3):
            yield LazyItem.from_parent(self, name="n%d" % n)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_collection_modifyitems():
    LazyItem.gone = True
    yield


def pytest_collect_file(parent, **rest):
    path = rest.get("file_path") or rest.get("path")
    if str(path).endswith(".lazy"):
        how = {"path": path} if "file_path" in rest else {"fspath": path}
        return LazyFile.from_parent(parent, **how)
`.replace(
        'def pytest_collect_file(parent, **rest):\n    path = rest.get("file_path") or rest.get("path")',
        combination.major === 6
          ? 'def pytest_collect_file(parent, path):\n    rest = {}'
          : 'def pytest_collect_file(parent, file_path):\n    path, rest = file_path, {"file_path": file_path}',
      ),
    });
    const { recording, exitCode } = await project.record({ with: combination });
    expect(exitCode).toBe(0);
    expect(recording.items).toMatchObject({ found: 4, deselected: 0 });
    expect(recording.collectors.find(({ kind }) => kind === 'LazyFile')).toMatchObject({ items: 3 });
  });

  it('keeps its place where one collector cannot even be named', async () => {
    await using project = await Project.of({
      'a.odd': '',
      'test_z.py': TEST,
      'conftest.py': `import pytest


class Nameless(type(pytest.File)):
    @property
    def __name__(cls):
        raise RuntimeError("no name")


class OddFile(pytest.File, metaclass=Nameless):
    def collect(self):
        return []


def pytest_collect_file(parent, PATH):
    if str(PATH).endswith(".odd"):
        return OddFile.from_parent(parent, HOW=PATH)
`
        .replaceAll('PATH', combination.major === 6 ? 'path' : 'file_path')
        .replace('HOW', combination.major === 6 ? 'fspath' : 'path'),
    });
    const { recording, exitCode } = await project.record({ with: combination, mayHaveFaults: true });
    expect(exitCode).toBe(0);
    expect(recording.items?.found).toBe(1);
    expect(recording.faults).toEqual([expect.stringMatching(/_enter failed with RuntimeError[^]*no name/)]);
    const session = recording.collectors.findIndex(({ kind }) => kind === 'Session');
    const file = recording.collectors.find(({ nodeId }) => nodeId === 'test_z.py');
    expect(file).toMatchObject({ outcome: 'passed', items: 1 });
    expect(recording.collectors[file?.parent ?? -1]?.kind).toMatch(/^(Session|Dir)$/);
    expect(session).toBe(0);
    expect(recording.last).not.toHaveProperty('path');
  });
});
