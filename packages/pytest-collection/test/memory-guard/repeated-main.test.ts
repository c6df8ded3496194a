import { execa } from 'execa';
import { expect, it } from 'vitest';
import { memoryGuardFolder } from '../../src/memory-guard/memory-guard.ts';
import { onePerPytest } from '../interpreters/pytest-pairs.ts';
import { temporaryFolder } from '../trees/temporary-folder.ts';
import { pytestFolder } from '../interpreters/pytests.ts';

/** Calls pytest again and again in one process, and tells what each call left behind. */
const PROGRAM = `
import json, os, signal, sys, threading
import pytest

def left():
    handled = [number for number in range(34, 65) if signal.getsignal(number) not in (signal.SIG_DFL, signal.SIG_IGN)]
    guards = [thread.name for thread in threading.enumerate() if "memory-guard" in thread.name]
    return len(os.listdir("/proc/self/fd")), handled, guards

ends = []
open("test_a.py", "w").write("def test_pass(): pass\\n")
for more in ["--collect-only"], ["--no-such-option"], ["no/such/file"], ["--memory-guard=oops"], ["-x"]:
    for _ in range(2):
        code = pytest.main(["-q", "-p", "seaworthy_memory_guard", "-p", "no:cacheprovider", *more])
        ends.append([more[0], int(code), *left()])
print("ENDS", json.dumps(ends))
`;

it.each(onePerPytest())(
  'leaves nothing behind in a process that goes on, whatever the end: pytest $major on CPython $version',
  async ({ major, python }) => {
    await using folder = await temporaryFolder();
    const { stdout } = await execa('sh', ['-c', 'ulimit -v 4000000; exec "$0" -c "$1"', python, PROGRAM], {
      cwd: folder.path,
      env: { PYTHONPATH: `${pytestFolder(major)}:${memoryGuardFolder()}`, PYTEST_ADDOPTS: '' },
      timeout: 100_000,
    });
    const text = stdout.split('\n').find((line) => line.startsWith('ENDS ')) ?? '';
    const ends = JSON.parse(text.slice(5)) as [string, number, number, number[], string[]][];
    expect(ends.map(([what, code]) => [what, code])).toEqual(
      [
        ['--collect-only', 0],
        ['--no-such-option', 4],
        ['no/such/file', 4],
        ['--memory-guard=oops', 4],
        ['-x', 0],
      ].flatMap((end) => [end, end]),
    );
    for (const [, , , handled, guards] of ends) expect([handled, guards]).toEqual([[], []]);
    // One descriptor may wait for the next guard.
    const descriptors = ends.map(([, , count]) => count);
    expect(Math.max(...descriptors) - Math.min(...descriptors)).toBeLessThanOrEqual(1);
  },
);
