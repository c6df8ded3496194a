import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SHOP, Sandbox } from './seaworthy.ts';

test('a folder without sources', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout, stderr } = await sandbox.run(['imports']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/no .*Python|Python.*no/i);
  expect(exitCode).toBe(2);
});

test('a folder that holds other files only', async () => {
  using sandbox = new Sandbox({ 'README.md': '#', 'data/x.csv': '1' });
  expect((await sandbox.run(['imports', '--format', 'json'])).exitCode).toBe(2);
});

test('a file instead of a folder is looked at', async () => {
  using sandbox = new Sandbox({ 'alone.py': 'import alone\n' });
  const { exitCode, stdout } = await sandbox.run(['imports', 'alone.py']);
  expect(stdout).toContain('alone');
  expect(exitCode).toBe(1);
});

test.each([
  [['nowhere'], /nowhere/],
  [['--format', 'jsno'], /Unknown --format "jsno"\. Did you mean "json"\?/],
  [['--graph', 'runtme'], /Unknown --graph "runtme"\. Did you mean "runtime"\?/],
  [['--language', 'pyton'], /Unknown --language "pyton"\. Did you mean "python"\?/],
  [['--max-cycels', '3'], /unknown option '--max-cycels'[^]*--max-cycles/],
  [['--max-cycles', 'many'], /--max-cycles takes a whole number/],
  [['--max-length', '0'], /--max-length takes a whole number of at least 1/],
  [['--verify', '--python', './nowhere'], /interpreter .*nowhere.* no such program/],
  [['--update-baseline'], /--baseline FILE/],
  [['--baseline', 'none.json'], /none\.json/],
  [['--config', 'none.json'], /none\.json/],
  [['--output', '.'], /it is a folder/],
])('%j is a mistake', async (args, message) => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout, stderr } = await sandbox.run(['imports', ...args]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('--verify without any interpreter', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout, stderr } = await sandbox.run(['imports', '--verify'], {
    env: { PATH: '/nowhere' },
  });
  expect(stderr).toMatch(/--verify needs the project's interpreter: neither the project nor PATH has/);
  expect([exitCode, stdout]).toEqual([3, '']);
});

test('names with spaces, letters of all scripts, line feeds and control characters', async () => {
  using sandbox = new Sandbox({
    'naïve модуль/__init__.py': '',
    'пакет/__init__.py': 'from пакет import модуль\n',
    'пакет/модуль.py': 'import пакет.模块\n',
    'пакет/模块.py': 'import пакет.модуль\n',
    'two\nlines/with space.py': 'import пакет\n',
    'esc\u001b[31mred.py': 'import (\n',
    '-rf.py': '',
  });
  const text = await sandbox.run(['imports']);
  expect(text.stdout).toContain('пакет/模块.py');
  expect(text.stdout + text.stderr).not.toMatch(/\u001b\[31mred|two\nlines/);
  expect(text.exitCode).toBe(1);
  const json = await sandbox.run(['imports', '--format', 'json']);
  expect(JSON.parse(json.stdout)).toHaveProperty('modules');
});

test('a symbolic link that goes round in circles', async () => {
  using sandbox = new Sandbox(SHOP);
  symlinkSync(sandbox.project, join(sandbox.project, 'shop', 'again'));
  symlinkSync('b', join(sandbox.project, 'a'));
  symlinkSync('a', join(sandbox.project, 'b'));
  expect((await sandbox.run(['imports'])).exitCode).toBe(1);
});

test('50,000 files', async () => {
  using sandbox = new Sandbox();
  for (let folder = 0; folder < 500; folder += 1) {
    const path = join(sandbox.project, `p${String(folder)}`);
    mkdirSync(path);
    for (let file = 0; file < 100; file += 1) {
      const next = `p${String(folder)}.m${String((file + 1) % 100)}`;
      writeFileSync(
        join(path, `m${String(file)}.py`),
        folder % 100 === 0 || file < 99 ? `import ${next}\n` : '',
      );
    }
  }
  const { exitCode, stdout } = await sandbox.run(['imports', '--format', 'json']);
  expect(exitCode).toBe(1);
  const { modules, knots } = JSON.parse(stdout) as { modules: unknown[]; knots: unknown[] };
  expect([modules.length, knots.length]).toEqual([50_000, 5]);
}, 180_000);
