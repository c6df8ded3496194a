import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/**
 * A run that is interrupted leaves something which spoils those after it. It lies where the bytecode of the tree is: a container
 * can write there too, which sees the tree itself read-only. Who keeps that in the tree must not share it: it needs a cache
 * folder of its own.
 */
export function corruptingCache(
  files: readonly TreeFile[],
  { cache = 'pytest' }: Brick<'corrupting-cache'>,
): readonly TreeFile[] {
  return cache === 'pytest' ? withConftest(files, MARKER) : withBytecode(files);
}

const MARKER = `import os as _os

_marker = _os.path.join(_os.path.dirname(__spec__.cached), "interrupted")
collect_ignore_glob = ["*[13579].py"] if _os.path.exists(_marker) else []


def pytest_keyboard_interrupt(excinfo):
    _os.makedirs(_os.path.dirname(_marker), exist_ok=True)
    with open(_marker, "w") as file:
        file.write("not finished\\n")
`;

/** Writes bytecode in place, and is interrupted half-way through. Python believes a header, and fails at what follows. */
function withBytecode(files: readonly TreeFile[]): readonly TreeFile[] {
  return [
    ...withConftest(
      files,
      `import os as _os

import quay_charts as _charts


def pytest_keyboard_interrupt(excinfo):
    import py_compile

    bytecode = _charts.__spec__.cached
    py_compile.compile(_charts.__file__, bytecode)
    _os.truncate(bytecode, 40)
`,
    ),
    { path: 'quay_charts.py', content: 'DEPTHS = [number * 2 for number in range(20)]\n' },
  ];
}
