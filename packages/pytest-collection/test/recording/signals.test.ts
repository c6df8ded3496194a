import { describe, expect, it } from 'vitest';
import { combinations } from './interpreters.ts';
import { Project } from './record-project.ts';

/** One pytest for each Python: it is CPython that handles signals. */
const pythons = combinations().filter(
  ({ minor }, index, all) => all.findIndex((other) => other.minor === minor) === index,
);

describe.each(pythons)('Python 3.$minor', (combination) => {
  it('has the handlers of signals that it has without the recorder', async () => {
    await using project = await Project.of({
      'test_a.py':
        'import signal\n\nassert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n\ndef test_a():\n    pass\n',
    });
    const { recording, exitCode } = await project.record({ with: combination, detail: 'hooks' });
    expect(recording.errors).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('loses no Ctrl-C that comes in the middle of a garbage collection', async () => {
    await using project = await Project.of({
      // Callbacks that are made of C functions alone: Python handles the signal in the next Python code that runs.
      'conftest.py': `import ctypes, gc, os
from functools import partial
from itertools import chain, repeat

kill = ctypes.CDLL(None).kill
sent = map(kill, repeat(os.getpid()), chain([2], repeat(0)))
gc.collect()
gc.callbacks.insert(0, partial(max, key=partial(next, sent)))
`,
      'test_a.py': 'import gc\n\ngc.collect()\n\n\ndef test_a():\n    pass\n',
    });
    const { recording, stderr } = await project.record({ with: combination });
    expect(stderr).not.toContain('Exception ignored');
    const met = recording.ending?.kind === 'interrupted' || recording.errors[0]?.type === 'KeyboardInterrupt';
    expect({ met, ending: recording.ending?.kind, found: recording.items?.found }).toMatchObject({
      met: true,
    });
  });
});

it('tells the garbage collections that there were', async () => {
  await using project = await Project.of({
    'test_a.py': 'import gc\n\nfor n in range(40):\n    gc.collect()\n\n\ndef test_a():\n    pass\n',
  });
  const { recording } = await project.record();
  const file = recording.collectors.find(({ nodeId }) => nodeId === 'test_a.py');
  expect(recording.garbage.runs[2]).toBeGreaterThanOrEqual(40);
  expect(recording.garbage.wallMs).toBeGreaterThan(0);
  expect(file?.own?.gcRuns).toBeGreaterThanOrEqual(40);
  expect(file?.own?.gcMs).toBeGreaterThan(0);
  expect(file?.own?.gcMs).toBeLessThanOrEqual(recording.garbage.wallMs);
});
