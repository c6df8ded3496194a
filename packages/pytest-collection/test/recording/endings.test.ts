import { describe, expect, it } from 'vitest';
import { combinations, usual } from './interpreters.ts';
import { Project, type Files } from './record-project.ts';
import { untilRow } from './until-row.ts';

const TEST = 'def test_a():\n    assert True\n';

const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

interface Ending {
  readonly what: string;
  readonly files: Files;
  readonly args?: readonly string[];
  readonly exitCode: number;
  /** Older versions of pytest take it for an error of that file, and go on. */
  readonly since?: number;
  readonly ending: Readonly<Record<string, unknown>>;
}

const ENDINGS: readonly Ending[] = [
  {
    what: 'a conftest that cannot be imported',
    files: { 'conftest.py': 'import math\n\nraise ValueError("no good")\n', 'test_a.py': TEST },
    exitCode: 4,
    ending: {
      kind: 'internal-error',
      reason: 'ValueError: no good',
      raisedIn: 'conftest.py',
      line: 3,
      traceback: expect.stringContaining('conftest.py'),
      at: expect.objectContaining({ phase: 'configure' }),
    },
  },
  {
    what: 'a conftest that raises in pytest_configure',
    files: {
      'conftest.py': 'def pytest_configure(config):\n    raise RuntimeError("not configured")\n',
      'test_a.py': TEST,
    },
    exitCode: 3,
    ending: {
      kind: 'internal-error',
      reason: 'RuntimeError: not configured',
      raisedIn: 'conftest.py',
      line: 2,
      traceback: expect.not.stringContaining('seaworthy_collect'),
    },
  },
  {
    what: 'a hook that raises while tests are sorted',
    files: {
      'conftest.py': 'def pytest_collection_modifyitems(items):\n    raise KeyError("order")\n',
      'test_a.py': TEST,
    },
    exitCode: 3,
    ending: {
      kind: 'internal-error',
      raisedIn: 'conftest.py',
      at: expect.objectContaining({ phase: 'modify' }),
    },
  },
  {
    what: 'an argument that does not exist',
    files: { 'test_a.py': TEST },
    args: ['--no-such-argument'],
    exitCode: 4,
    ending: { kind: 'usage-error', reason: expect.stringContaining('--no-such-argument') },
  },
  {
    what: 'a path that does not exist',
    files: { 'test_a.py': TEST },
    args: ['not_there.py'],
    exitCode: 4,
    ending: { kind: 'usage-error', reason: expect.stringContaining('not_there.py') },
  },
  {
    what: 'pytest.exit in a hook',
    files: {
      'conftest.py':
        'import pytest\n\n\ndef pytest_collectstart(collector):\n    if collector.name == "test_b.py":\n        pytest.exit("enough", returncode=7)\n',
      'test_a.py': TEST,
      'test_b.py': TEST,
    },
    exitCode: 7,
    ending: { kind: 'exit', reason: 'enough', at: expect.objectContaining({ phase: 'collect' }) },
  },
  {
    what: 'Ctrl-C in a test file',
    files: { 'test_a.py': 'import deep_one\n', 'deep_one.py': 'raise KeyboardInterrupt\n' },
    exitCode: 2,
    since: 8,
    ending: {
      kind: 'interrupted',
      raisedIn: 'deep_one.py',
      at: expect.objectContaining({ phase: 'collect', nodeId: 'test_a.py', importing: 'deep_one' }),
    },
  },
  {
    what: 'SystemExit in a test file',
    files: { 'test_a.py': 'import sys\n\nsys.exit(9)\n' },
    exitCode: 3,
    since: 8,
    ending: { kind: 'internal-error', reason: 'SystemExit: 9', raisedIn: 'test_a.py', line: 3 },
  },
  {
    what: 'SystemExit in a conftest',
    files: { 'conftest.py': 'import sys\n\nsys.exit(9)\n', 'test_a.py': TEST },
    exitCode: 9,
    ending: {
      kind: 'exit',
      reason: 'SystemExit: 9',
      raisedIn: 'conftest.py',
      at: expect.objectContaining({ phase: 'configure' }),
    },
  },
  {
    what: 'stopping at the first error',
    files: { 'test_a.py': 'import not_there\n', 'test_b.py': TEST },
    args: ['-x'],
    exitCode: 1,
    ending: { kind: 'stopped', reason: expect.stringContaining('stopping after 1 failures') },
  },
  { what: 'no tests', files: { 'a.txt': '' }, exitCode: 5, ending: { kind: 'finished' } },
];

describe.each(extremes)('with $name', (combination) => {
  it.each(ENDINGS.filter(({ since = 0 }) => combination.major >= since))(
    'tells of $what',
    async ({ files, args = [], exitCode, ending }) => {
      await using project = await Project.of(files);
      const recorded = await project.record({ with: combination, args, detail: 'hooks' });
      expect(recorded.exitCode).toBe(exitCode);
      expect(recorded.recording.ending?.status).toBe(exitCode);
      const { raisedIn } = ending;
      expect(recorded.recording.ending).toMatchObject({
        ...ending,
        ...(typeof raisedIn === 'string' ? { raisedIn: project.path(raisedIn) } : {}),
      });
      const at = recorded.recording.ending?.at;
      if (at !== undefined) expect(recorded.recording.last).toEqual(at);
    },
  );

  it.each(ENDINGS.filter(({ since = 0 }) => combination.major < since))(
    'tells of $what as an error',
    async ({ files }) => {
      await using project = await Project.of({ ...files, 'test_z.py': TEST });
      const { recording } = await project.record({ with: combination });
      expect(recording.errors).toMatchObject([
        { nodeId: 'test_a.py', type: expect.stringMatching(/^(KeyboardInterrupt|SystemExit)$/) as string },
      ]);
      expect(recording.items?.found).toBe(1);
      expect(recording.ending).toMatchObject({ kind: 'stopped', status: 2 });
      expect(recording.ending?.at).not.toHaveProperty('importing');
    },
  );

  it('tells where an interruption met it before there was a session', async () => {
    await using project = await Project.of({
      'conftest.py': 'import slow_one\n',
      'slow_one.py': 'import time\n\nopen("sleeping", "w").write("now")\ntime.sleep(60)\n',
      'test_a.py': TEST,
    });
    const { recording, signal } = await project.record({
      with: combination,
      meanwhile: async (running) => {
        await untilRow(project.path('sleeping'), 'now');
        running.kill('SIGINT');
      },
    });
    expect(signal).toBe('SIGINT');
    expect(recording.ending).toMatchObject({
      status: 130,
      kind: 'interrupted',
      raisedIn: project.path('slow_one.py'),
      at: { phase: 'configure', path: project.path('conftest.py'), importing: 'slow_one' },
    });
    expect(recording.conftests).toMatchObject([{ failed: true }]);
  });
});

describe('an interpreter without pytest', () => {
  it('says so', async () => {
    await using project = await Project.of({ 'test_a.py': TEST, 'nothing/a.txt': '' });
    const { recording, exitCode, stderr } = await project.record({
      // Not even what the machine's own interpreter has installed
      env: { PYTHONPATH: project.path('nothing'), PYTHONHOME: undefined },
      with: { ...usual(), python: combinations()[0]?.python ?? '' },
    });
    expect(recording.noPytest).toBe('No module named pytest');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('No module named pytest');
    expect(recording.python).toBeDefined();
  });

  it.each([
    ['an old one', '__version__ = "5.4.3"\ndef main(): pass\n', /5\.4\.3 is too old/],
    ['something else of that name', 'x = 1\n', /is not pytest/],
    [
      'one whose import fails',
      'import not_there_at_all\n',
      /cannot be imported: ModuleNotFoundError: .*not_there_at_all/,
    ],
    ['one that raises', 'raise RuntimeError("broken")\n', /cannot be imported: RuntimeError: broken/],
  ])('tells it from %s', async (_, text, message) => {
    await using project = await Project.of({ 'test_a.py': TEST, 'other/pytest.py': text });
    const { recording, exitCode } = await project.record({ env: { PYTHONPATH: project.path('other') } });
    expect(exitCode).toBe(1);
    expect(recording.noPytest).toMatch(message);
  });
});
