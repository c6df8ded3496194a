import { describe, expect, it } from 'vitest';
import { combinations } from './interpreters.ts';
import { Project } from './record-project.ts';

const TEST = 'def test_one():\n    pass\n';
const NAMES = ['pluggy', 'importlib', '_pytest', 'seaworthy_collect'] as const;
const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

describe.each(extremes)('with $name', (combination) => {
  it.each(NAMES)('blames a file in a folder of the project that is called %s', async (name) => {
    const inside = `libs/${name}/breaks_here.py`;
    const conftest = `import os, sys\n\nsys.path.append(os.path.join(os.path.dirname(__file__), "libs", "${name}"))\n`;
    const files = { [inside]: 'def fail():\n    raise ValueError("no")\n', 'conftest.py': conftest };

    await using project = await Project.of({
      ...files,
      'test_a.py': 'import breaks_here\n\nbreaks_here.fail()\n',
    });
    const collected = await project.record({ with: combination });
    expect(collected.recording.errors).toMatchObject([
      { type: 'ValueError', raisedIn: project.path(inside), line: 2 },
    ]);

    await project.write({
      'test_a.py': TEST,
      'conftest.py': `${conftest}\ndef pytest_collection_modifyitems():\n    import breaks_here\n    breaks_here.fail()\n`,
    });
    const { recording } = await project.record({ with: combination });
    expect(recording.ending).toMatchObject({
      kind: 'internal-error',
      raisedIn: project.path(inside),
      line: 2,
    });
  });

  it('blames whoever called pytest, not pytest, which raises on his behalf', async () => {
    await using project = await Project.of({
      'test_a.py': TEST,
      'conftest.py': 'def pytest_collection_modifyitems(config):\n    config.getoption("not_there")\n',
    });
    const { recording } = await project.record({ with: combination });
    expect(recording.ending).toMatchObject({
      kind: 'internal-error',
      raisedIn: project.path('conftest.py'),
      line: 2,
    });
  });
});
