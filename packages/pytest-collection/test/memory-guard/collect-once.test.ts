import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { collectOnce } from '../../src/collect-once.ts';
import { MEMORY_GUARD_EXIT_CODE, memoryGuardFolder } from '../../src/memory-guard/memory-guard.ts';
import { limitedRunner } from '../../src/run/limited-runner.ts';
import { oldestAndNewest } from '../interpreters/pytest-pairs.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { temporaryFolder } from '../trees/temporary-folder.ts';
import { growing } from './guarded-pytest.ts';

describe.each(oldestAndNewest())('collectOnce, pytest $major on CPython $version', ({ major, python }) => {
  it.each([
    { file: 'test_big.py', text: growing(600), phase: 'collect' },
    { file: 'conftest.py', text: growing(600), phase: 'configure' },
    // Swallows whatever ends it, so that the guard ends the process at once.
    {
      file: 'test_deaf.py',
      text: `held = []
while True:
    try:
        held.append(bytearray(b"x" * (1 << 20)))
        __import__("time").sleep(0.01 if len(held) > 100 else 0)
    except BaseException:
        pass
`,
      phase: 'collect',
    },
  ])('knows that the guard ended it, in $file', async ({ file, text, phase }) => {
    await using folder = await temporaryFolder();
    const files = { 'test_a.py': 'def test_pass(): pass\n', [file]: text };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder.path, path)), { recursive: true });
      await writeFile(join(folder.path, path), content);
    }
    await using workspace = await openWorkspace();
    const runner = await limitedRunner(256 * 2 ** 20, workspace);
    const run = await collectOnce(
      {
        root: folder.path,
        python,
        args: ['-p', 'seaworthy_memory_guard'],
        env: { PYTHONPATH: `${pytestFolder(major)}:${memoryGuardFolder()}` },
      },
      { runner, workspace },
    );
    expect(run.outcome).toMatchObject({
      kind: 'killed-for-memory',
      by: 'guard',
      at: { phase, path: join(folder.path, file) },
    });
    expect(run.exit.code).toBe(MEMORY_GUARD_EXIT_CODE);
  });
});
