import { openWorkspace } from '@seaworthy/scenario';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { askPython } from '../../src/scenarios/ask-python.ts';
import type { ObservedBytecode } from '../../src/scenarios/interruption/interruption-observation.ts';
import { environmentWithPytest } from './environment-with-pytest.ts';

const environment = environmentWithPytest(8, '/');
const signal = new AbortController().signal;

describe('check_bytecode.py', () => {
  it('finds bytecode that Python cannot load, and half-written files', async () => {
    await using workspace = await openWorkspace();
    const [folder, root] = [await workspace.makeFolder('bytecode'), await workspace.makeFolder('sources')];
    const below = join(folder, 'bytecode', root, 'below');
    await mkdir(below, { recursive: true });
    const whole = join(below, 'whole.pyc');
    await writeFile(join(root, 'whole.py'), 'NUMBERS = list(range(3))\n');
    const compile = 'import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], doraise=True)';
    await execa(environment.python?.executable ?? '', ['-c', compile, join(root, 'whole.py'), whole]);
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(whole);
    await writeFile(join(below, 'half.pyc'), bytes.subarray(0, 40));
    await writeFile(join(below, 'header.pyc'), bytes.subarray(0, 7));
    await writeFile(join(below, 'whole.pyc.1234'), bytes.subarray(0, 40));
    await writeFile(join(below, 'whole.pyc.140235'), '');
    await writeFile(join(below, 'CACHEDIR.TAG'), 'not ours');
    const found = await askPython<ObservedBytecode>(
      'scenarios/check_bytecode.py',
      { args: [folder, root] },
      { workspace, signal, environment },
    );
    expect(found).toEqual({
      files: 3,
      broken: [
        { path: 'below/half.pyc', message: expect.stringMatching(/^(EOFError|ValueError): /) as string },
        { path: 'below/header.pyc', message: '7 bytes' },
      ],
      drafts: ['below/whole.pyc.1234', 'below/whole.pyc.140235'],
    });
  });
});

describe('askPython', () => {
  it('rejects with what the program printed, where it gives no answer', async () => {
    await using workspace = await openWorkspace();
    const context = { workspace, signal, environment };
    await expect(askPython('scenarios/import_in_order.py', { input: 'no JSON' }, context)).rejects.toThrow(
      /import_in_order.py ended with 1: .*JSONDecodeError/s,
    );
  });

  it('starts nothing when it is too late', async () => {
    await using workspace = await openWorkspace();
    const context = { workspace, signal: AbortSignal.abort(new Error('over')), environment };
    await expect(askPython('scenarios/check_bytecode.py', { args: ['/', '/'] }, context)).rejects.toThrow(
      'over',
    );
  });
});
