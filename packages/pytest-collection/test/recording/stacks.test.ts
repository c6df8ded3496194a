import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseStacks, readRecording, STACK_SIGNAL } from '../../src/recording/index.ts';
import { combinations } from './interpreters.ts';
import { Project } from './record-project.ts';
import { untilRow } from './until-row.ts';

const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

describe.each(extremes)('with $name', (combination) => {
  it.each([
    ['', ''],
    [' of a project that closed every descriptor', 'import os\nos.closerange(3, 4096)\n'],
  ])('tells where every thread stands%s', async (_, conftest) => {
    await using project = await Project.of({
      'conftest.py': conftest,
      'test_a.py':
        'import threading, time\n\n\ndef waits_in_thread():\n    time.sleep(60)\n\n\n' +
        'threading.Thread(target=waits_in_thread, daemon=True).start()\nimport stands_still\n',
      'stands_still.py':
        'import time\n\n\ndef waits():\n    open("waiting", "w").write("now")\n    time.sleep(60)\n\n\nwaits()\n',
    });
    let stacks: ReturnType<typeof parseStacks> = [];
    const { recording, signal } = await project
      .record({
        with: combination,
        args: ['-s'],
        meanwhile: async (running, rowsFile, startedAt) => {
          await untilRow(project.path('waiting'), 'now');
          const { python } = await readRecording(rowsFile, { startedAt });
          process.kill(python?.pid ?? 0, STACK_SIGNAL);
          await untilRow(`${rowsFile}.stacks`, 'collect_main.py');
          stacks = parseStacks(await readFile(`${rowsFile}.stacks`, 'utf8'));
          // It went on as if nothing had happened.
          process.kill(python?.pid ?? 0, 0);
          running.kill('SIGKILL');
        },
      })
      .catch((error: unknown) => {
        throw error;
      });
    expect(signal).toBe('SIGKILL');
    expect(recording.last).toMatchObject({ phase: 'collect', importing: 'stands_still' });
    expect(stacks).toHaveLength(2);
    expect(stacks[0]?.frames[0]).toEqual({
      path: project.path('stands_still.py'),
      line: 6,
      function: 'waits',
    });
    expect(stacks[1]?.frames[0]).toMatchObject({ path: project.path('test_a.py'), line: 5 });
  });

  it.each(['SIGSEGV', 'SIGABRT'] as const)('tells where it was when it crashed by %s', async (name) => {
    await using project = await Project.of({
      'test_a.py': 'import crashes\n',
      'crashes.py': `import os, signal\n\nos.kill(os.getpid(), signal.${name})\n`,
    });
    const { recording, signal, rowsFile } = await project.record({ with: combination });
    expect(signal).toBe(name);
    expect(recording.last).toMatchObject({ path: project.path('test_a.py'), importing: 'crashes' });
    const [main] = parseStacks(await readFile(`${rowsFile}.stacks`, 'utf8'));
    expect(main?.frames[0]).toMatchObject({ path: project.path('crashes.py'), line: 3 });
  });

  it('does not end a forked child by it', async () => {
    await using project = await Project.of({
      'test_a.py':
        'import os, signal, time\n' +
        'pid = os.fork()\n' +
        'if pid == 0:\n    open("forked", "w").write("now")\n    time.sleep(60)\n    os._exit(0)\n' +
        'import stands_still\n',
      'stands_still.py':
        'import os, signal, time\nimport test_a\n\n' +
        'while not os.path.exists("forked"):\n    time.sleep(0.01)\n' +
        `os.kill(test_a.pid, ${STACK_SIGNAL})\ntime.sleep(0.2)\n` +
        'ended, _ = os.waitpid(test_a.pid, os.WNOHANG)\nos.kill(test_a.pid, signal.SIGKILL)\n' +
        'if ended == 0:\n    os.waitpid(test_a.pid, 0)\n' +
        'def test_it(): pass\n\nassert ended == 0\n',
    });
    const { recording, rowsFile } = await project.record({ with: combination });
    expect(recording.errors).toEqual([]);
    expect(await readFile(`${rowsFile}.stacks`, 'utf8')).toBe('');
  });
});

describe('parseStacks', () => {
  it('takes the last dump, the main thread first', () => {
    const dump = (line: number): string =>
      `Thread 0x00007f01 [worker é] (most recent call first):\n  File "/p/w.py", line ${line} in wait\n` +
      `\nThread 0x00007f00 [MainThread] (most recent call first):\n  File "/p/a\\xe9.py", line 2 in f\\u20ac\n  File "/p/b.py", line ??? in <module>\n`;
    expect(parseStacks(dump(1) + dump(7))).toEqual([
      {
        thread: 'MainThread',
        frames: [
          { path: '/p/aé.py', line: 2, function: 'f€' },
          { path: '/p/b.py', line: 0, function: '<module>' },
        ],
      },
      { thread: 'worker é', frames: [{ path: '/p/w.py', line: 7, function: 'wait' }] },
    ]);
  });

  it('takes a dump of a single thread, and one that was cut short', () => {
    expect(parseStacks('Stack (most recent call first):\n  File "/p/a.py", line 1 in f\n')).toHaveLength(1);
    expect(
      parseStacks(
        'Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f00 (most recent call first):\n  File "/p/a.py", line 1 in f\n  File "/p/b.p',
      ),
    ).toEqual([{ thread: '0x00007f00', frames: [{ path: '/p/a.py', line: 1, function: 'f' }] }]);
    expect(parseStacks('')).toEqual([]);
    expect(parseStacks('nonsense\n  File "/p/a.py", line 1 in f\n')).toEqual([]);
  });
});
