import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildImportGraph } from '../../src/build-import-graph.ts';
import { tryFirstImports } from '../../src/first-import/try-first-imports.ts';
import type { FirstImport } from '../../src/report/import-report.ts';
import { indexOf, projectIn } from './project-in.ts';
import { findPythons } from '../find-pythons.ts';

const pythons = findPythons();
const python = pythons.at(-1)!.path;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Tries one module of a project made of these files. */
async function trying(
  files: Record<string, string>,
  module: string,
  timeoutMs = 10_000,
): Promise<FirstImport> {
  const graph = await projectIn(folder, files);
  const [result] = await tryFirstImports(graph, [indexOf(graph, module)], { python, timeoutMs });
  return result!;
}

test.each(pythons)('a cycle that crashes from one of its two ends, in Python 3.$minor', async ({ path }) => {
  const graph = await projectIn(folder, {
    'shop/__init__.py': '',
    'shop/orders.py': 'from shop.prices import total\n\nORDERS = []\n',
    'shop/prices.py': '\nfrom shop.orders import ORDERS\n\ndef total():\n    return len(ORDERS)\n',
  });
  const names = ['shop', 'shop.orders', 'shop.prices'];
  const results = await tryFirstImports(
    graph,
    names.map((name) => indexOf(graph, name)),
    { python: path },
  );
  expect(results.map(({ module, outcome }) => [module, outcome])).toEqual([
    ['shop', 'ok'],
    ['shop.orders', 'crash'],
    ['shop.prices', 'crash'],
  ]);
  expect(results[1]).toMatchObject({
    found: 'tried',
    error: {
      type: 'ImportError',
      message: `cannot import name 'ORDERS' from partially initialized module 'shop.orders' (most likely due to a circular import) (${folder}/shop/orders.py)`,
      path: 'shop/prices.py',
      line: 2,
    },
    chain: [
      { from: 'shop.orders', to: 'shop.prices', path: 'shop/orders.py', line: 1, kind: 'module' },
      { from: 'shop.prices', to: 'shop.orders', path: 'shop/prices.py', line: 2, kind: 'module' },
    ],
  });
});

describe('a module that does not behave', () => {
  test('floods its output', async () => {
    const result = await trying(
      {
        'loud.py':
          'import os, sys\nfor _ in range(300):\n    os.write(1, b"x" * 65536)\n    print("{}", file=sys.stderr)\n',
      },
      'loud',
    );
    expect(result).toEqual({ module: 'loud', outcome: 'ok', found: 'tried' });
  });

  test('sleeps for ever', async () => {
    const { outcome, error } = await trying({ 'odd.py': 'import time\ntime.sleep(1000)\n' }, 'odd', 1500);
    expect(outcome).toBe('crash');
    expect(error).toMatchObject({ type: 'Timeout', message: 'still being imported after 1.5 s' });
  });

  test.each([
    ['sys.exit(3)', 'Exit', 'sys.exit(3)'],
    ['os._exit(0)', 'Exit', 'the interpreter ended with status 0 before the import did'],
    ['os._exit(7)', 'Exit', 'the interpreter ended with status 7 before the import did'],
    ['os.kill(os.getpid(), 9)', 'Signal', 'the interpreter was killed by SIGKILL'],
    ['os.abort()', 'Signal', 'the interpreter was killed by SIGABRT'],
    ['raise KeyboardInterrupt', 'KeyboardInterrupt', ''],
    ['raise ValueError("a\\0b\\ud800")', 'ValueError', 'a\\x00b\\ud800'],
    ['exec(compile("1 / 0", "a\\nb\\1c", "exec"))', 'ZeroDivisionError', 'division by zero'],
  ])('%s', async (statement, type, message) => {
    const { outcome, error } = await trying({ 'odd.py': `import os, sys\n${statement}\n` }, 'odd', 60_000);
    expect(outcome).toBe('crash');
    expect(error).toMatchObject({ type, message });
  });

  test('reads its input, which has an end', async () => {
    const { error } = await trying({ 'asking.py': 'answer = input("name? ")\n' }, 'asking');
    expect(error).toMatchObject({ type: 'EOFError', line: 1 });
  });

  test('closes every descriptor', async () => {
    const result = await trying({ 'closing.py': 'import os\nos.closerange(0, 256)\n' }, 'closing');
    expect(result.outcome).toBe('ok');
  });

  test('replaces what a report could need', async () => {
    const source =
      'import builtins, os, sys\nbuiltins.open = builtins.str = None\nos.replace = os._exit = None\nsys.modules.clear()\nraise ValueError("still told")\n';
    const { error } = await trying({ 'hostile.py': source }, 'hostile');
    expect(error).toMatchObject({ type: 'ValueError', message: 'still told', line: 5 });
  });

  test('forks, and both go on', async () => {
    const result = await trying(
      {
        'forking.py':
          'import os\nchild = os.fork()\nif child == 0:\n    raise RuntimeError("in the child")\nos.waitpid(child, 0)\n',
      },
      'forking',
    );
    expect(result).toEqual({ module: 'forking', outcome: 'ok', found: 'tried' });
  });

  test('leaves threads and children behind, even in a session of their own', async () => {
    const note = join(folder, 'note');
    const source = [
      'import os, subprocess, sys, threading, time',
      'threading.Thread(target=time.sleep, args=(1000,)).start()',
      `program = "import os, time; open(${JSON.stringify(note).replaceAll('"', "'")}, 'w').write(str(os.getpid())); time.sleep(1000)"`,
      'subprocess.Popen([sys.executable, "-c", program], start_new_session=True)',
      `while not os.path.exists(${JSON.stringify(note)}) or not open(${JSON.stringify(note)}).read():`,
      '    time.sleep(0.01)',
    ].join('\n');
    const result = await trying({ 'leaving.py': `${source}\n` }, 'leaving');
    expect(result.outcome).toBe('ok');
    await sleep(100);
    expect(
      existsSync(`/proc/${readFileSync(note, 'utf8')}/cmdline`) &&
        readFileSync(`/proc/${readFileSync(note, 'utf8')}/cmdline`, 'utf8'),
    ).toBeFalsy();
  });

  test('removes its own file: the project keeps it, others see it, and it is told', async () => {
    const files = {
      'shop/__init__.py': '',
      'shop/fleeting.py':
        'import os\nos.remove(__file__)\nopen(os.path.join(os.path.dirname(__file__), "extra.py"), "w").close()\n',
      'shop/other.py': 'import shop.fleeting\n',
      'shop/third.py': '',
    };
    const graph = await projectIn(folder, files);
    const names = ['shop.fleeting', 'shop.other', 'shop.third'];
    const results = await tryFirstImports(
      graph,
      names.map((name) => indexOf(graph, name)),
      { python },
    );
    expect(results).toEqual([
      {
        module: 'shop.fleeting',
        outcome: 'ok',
        found: 'tried',
        changed: ['shop/extra.py', 'shop/fleeting.py'],
      },
      { module: 'shop.other', outcome: 'ok', found: 'tried', changed: ['shop/extra.py', 'shop/fleeting.py'] },
      { module: 'shop.third', outcome: 'ok', found: 'tried' },
    ]);
    expect(readdirSync(join(folder, 'shop')).sort()).toEqual([
      '__init__.py',
      'fleeting.py',
      'other.py',
      'third.py',
    ]);
  });
});

describe('files beside the modules are copies, whatever they are', () => {
  const LARGE = 9 * 1024 * 1024;
  const overwriting = (path: string): string =>
    `import os\nwith open(os.path.join(os.path.dirname(__file__), ${JSON.stringify(path)}), "r+b") as file:\n    assert file.read(4) == b"kept"\n    file.seek(0)\n    file.write(b"lost")\n`;

  /** Imports a package that overwrites a file of its own, and looks at the original. */
  async function overwritten(path: string, original: string): Promise<void> {
    const result = await trying({ 'shop/__init__.py': overwriting(path) }, 'shop');
    expect(result).toMatchObject({ outcome: 'ok', changed: [expect.stringContaining('data.db')] });
    expect(readFileSync(original).subarray(0, 4).toString()).toBe('kept');
  }

  test('large ones', async () => {
    const file = join(folder, 'shop/data.db');
    mkdirSync(join(folder, 'shop'));
    writeFileSync(file, Buffer.alloc(LARGE, 'kept'));
    await overwritten('data.db', file);
  });

  test('files that links lead to', async () => {
    const file = join(folder, 'elsewhere/data.db');
    mkdirSync(join(folder, 'elsewhere'));
    mkdirSync(join(folder, 'shop'));
    writeFileSync(file, 'kept');
    symlinkSync('../elsewhere/data.db', join(folder, 'shop/data.db'));
    await overwritten('data.db', file);
  });

  test('folders that links lead to, inside the project and outside', async () => {
    for (const place of [join(folder, 'elsewhere'), mkdtempSync(join(tmpdir(), 'seaworthy-test-'))]) {
      mkdirSync(place, { recursive: true });
      mkdirSync(join(folder, 'shop'), { recursive: true });
      writeFileSync(join(place, 'data.db'), 'kept');
      rmSync(join(folder, 'shop/data'), { force: true });
      symlinkSync(place, join(folder, 'shop/data'));
      try {
        await overwritten('data/data.db', join(place, 'data.db'));
      } finally {
        rmSync(place, { recursive: true });
      }
    }
  });

  test('links in a circle', async () => {
    const file = join(folder, 'shop/data.db');
    mkdirSync(join(folder, 'shop'));
    writeFileSync(file, 'kept');
    symlinkSync('.', join(folder, 'shop/again'));
    symlinkSync('..', join(folder, 'shop/up'));
    await overwritten('again/again/data.db', file);
  });

  test('unless there is too much of them', async () => {
    const graph = await projectIn(folder, { 'shop/__init__.py': '', 'shop/data.db': 'x'.repeat(3_000_000) });
    await expect(
      tryFirstImports(graph, [indexOf(graph, 'shop')], { python, largestCopyBytes: 2_000_000 }),
    ).rejects.toMatchObject({
      code: 'PROJECT_TOO_LARGE',
      message: expect.stringMatching(/more than 2 MB \(.*data\.db alone 3 MB\)/),
    });
  });
});

test('an import root outside of the base', async () => {
  await projectIn(folder, { 'code/shop/__init__.py': 'import shop.missing\n', 'base/other.py': '' });
  const graph = await buildImportGraph(join(folder, 'code'), {
    language: 'python',
    base: join(folder, 'base'),
  });
  const [result] = await tryFirstImports(graph, [indexOf(graph, 'shop')], { python });
  expect(result).toMatchObject({ outcome: 'crash', error: { type: 'ModuleNotFoundError' } });
});

test('nothing is compiled into the project, and data beside the modules is there', async () => {
  const source =
    'import os\nwith open(os.path.join(os.path.dirname(__file__), "data", "words.txt")) as file:\n    WORDS = file.read()\nassert WORDS == "hello"\n';
  const result = await trying({ 'shop/__init__.py': source, 'shop/data/words.txt': 'hello' }, 'shop');
  expect(result.outcome).toBe('ok');
  expect(readdirSync(join(folder, 'shop')).sort()).toEqual(['__init__.py', 'data']);
});

test('neither the folder of the program nor the working folder can be imported from', async () => {
  const result = await trying(
    { 'own.py': 'import sys\nassert "first_import" not in sys.modules\nimport first_import\n' },
    'own',
  );
  expect(result.error).toMatchObject({ type: 'ModuleNotFoundError', line: 3 });
});

test('names that are hard to pass on', async () => {
  const graph = await projectIn(join(folder, 'a folder, "quoted"\nand ünï'), {
    'größe.py': 'import nichts\n',
  });
  const [result] = await tryFirstImports(graph, [indexOf(graph, 'größe')], { python });
  expect(result).toMatchObject({
    outcome: 'crash',
    error: { type: 'ModuleNotFoundError', path: 'größe.py', line: 1 },
  });
});

test('a file that is no Python', async () => {
  const result = await trying({ 'one.py': 'import two\n', 'two.py': 'x = 1\ndef broken(:\n' }, 'one');
  expect(result.error).toMatchObject({ type: 'SyntaxError', path: 'two.py', line: 2 });
});

test('an abort ends it at once', async () => {
  const graph = await projectIn(folder, { 'slow.py': 'import time\ntime.sleep(1000)\n' });
  const trial = tryFirstImports(graph, [0, 0, 0], {
    python,
    signal: AbortSignal.timeout(700),
    timeoutMs: 100_000,
  });
  await expect(trial).rejects.toMatchObject({ name: 'TimeoutError' });
});

describe('an interpreter that cannot be used', () => {
  test('is not there', async () => {
    const graph = await projectIn(folder, { 'one.py': '' });
    await expect(tryFirstImports(graph, [0], { python: join(folder, 'no-python') })).rejects.toMatchObject({
      code: 'INTERPRETER_MISSING',
    });
  });

  test('is no Python', async () => {
    const graph = await projectIn(folder, { 'one.py': '' });
    await expect(tryFirstImports(graph, [0], { python: 'true' })).rejects.toMatchObject({
      code: 'INTERPRETER_UNSUITABLE',
    });
  });

  test('is too old', async () => {
    const graph = await projectIn(folder, { 'one.py': '' });
    const python = join(folder, 'old-python');
    writeFileSync(python, '#!/bin/sh\nprintf 3.6\n', { mode: 0o755 });
    await expect(tryFirstImports(graph, [0], { python })).rejects.toMatchObject({
      code: 'INTERPRETER_UNSUITABLE',
      message: expect.stringContaining('3.8 or newer'),
    });
  });

  test('does not answer, and the caller waits no longer', async () => {
    const graph = await projectIn(folder, { 'one.py': '' });
    const python = join(folder, 'hanging-python');
    const asked = join(folder, 'asked');
    writeFileSync(python, `#!/bin/sh\n: > ${JSON.stringify(asked)}\nexec sleep 1000\n`, { mode: 0o755 });
    const stop = new AbortController();
    const trial = tryFirstImports(graph, [0], { python, signal: stop.signal });
    const ending = expect(trial).rejects.toThrow('enough');
    while (!existsSync(asked)) await sleep(10);
    stop.abort(new Error('enough'));
    await ending;
  });
});
