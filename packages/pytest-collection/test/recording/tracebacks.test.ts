import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { combinations } from './interpreters.ts';
import { Project } from './record-project.ts';

/** One pytest for each Python: what CPython does with tracebacks differs by its version alone. */
const pythons = combinations().filter(
  ({ minor }, index, all) => all.findIndex((other) => other.minor === minor) === index,
);

/** Imports in every way that fails, and prints each exception as Python shows it. */
const TRIES = `
import importlib, os, sys, traceback

TRIES = [
    lambda: __import__("not_there_at_all"),
    lambda: importlib.import_module("not_there_at_all"),
    lambda: __import__("imports_missing"),
    lambda: importlib.import_module("imports_missing"),
    lambda: __import__("raises_value"),
    lambda: importlib.import_module("raises_value"),
    lambda: __import__("circle_one"),
    lambda: __import__("bad_syntax"),
    lambda: __import__("a_package.missing"),
    lambda: exec("from a_package import missing_name"),
]
with open(os.environ["SHOWN"], "w") as shown:
    for attempt in TRIES:
        try:
            attempt()
        except BaseException:
            shown.write(traceback.format_exc())
    # An import is as deep as it was
    import deep_one
    shown.write("depth %d" % (deep_one.DEPTH - len(traceback.extract_stack())))
`;

describe.each(pythons)('Python 3.$minor', (combination) => {
  it('shows the same tracebacks, and the same reason for a circular import', async () => {
    await using project = await Project.of({
      'test_a.py': TRIES,
      'imports_missing.py': 'import not_there_at_all\n',
      'raises_value.py': 'raise ValueError("no")\n',
      'circle_one.py': 'import circle_two\n',
      'circle_two.py': 'from circle_one import name\n',
      'deep_one.py': 'import traceback\n\nDEPTH = len(traceback.extract_stack())\n',
      'bad_syntax.py': 'def x(:\n',
      'a_package/__init__.py': '',
    });
    const shown = (name: string): Promise<string> => readFile(project.path(name), 'utf8');
    const options = { with: combination, args: ['-q'] } as const;
    await project.collectPlainly({ ...options, env: { SHOWN: 'plain.txt' } });
    await project.record({ ...options, detail: 'hooks', env: { SHOWN: 'recorded.txt' } });
    const recorded = await shown('recorded.txt');
    expect(recorded).toBe(await shown('plain.txt'));
    expect(recorded).toContain('(most likely due to a circular import)');
    expect(recorded).toContain('SyntaxError');
    expect(recorded).toMatch(/depth \d+$/);
  });
});
