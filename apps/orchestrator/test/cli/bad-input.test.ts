import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, Sandbox, outcomeOf } from './seaworthy.ts';

const QUICK = 'imports/simple-cycle';

test.each<[readonly string[], RegExp]>([
  [['valdate'], /unknown command 'valdate'[^]*validate/],
  [['validate', '--gruop', 'imports'], /unknown option '--gruop'[^]*--group/],
  [['validate', 'imports/simple-cycel'], /Unknown scenario .* Did you mean "imports\/simple-cycle"\?/],
  [['validate', 'imports'], /It is a group/],
  [['validate', '--group', 'import'], /Unknown group "import"\. Did you mean "imports"\?/],
  [['validate', '--tag', 'nothing-like-it'], /Unknown tag/],
  [
    ['validate', '--limit', 'imports/project.maxCycels=3'],
    /--limit: .* Did you mean "maxCycles"\?|maxCycles/,
  ],
  [['validate', '--limit', 'imports/project.maxCycles=-3'], /--limit: .*-3/],
  [['validate', '--limit', 'imports/projet.maxCycles=3'], /--limit: Unknown scenario .*"imports\/project"/],
  [['validate', '--limit', 'maxCycles=3'], /--limit takes id\.name=value/],
  [['validate', '--repeat', '0'], /--repeat takes a whole number/],
  [['validate', '--seed', 'x'], /--seed takes a whole number/],
  [['validate', '--deadline', 'soon'], /--deadline takes a span of time/],
  [['validate', '--report', 'junit'], /--report takes FORMAT=FILE/],
  [['validate', '--report', 'junti=x.xml'], /Unknown report format "junti"\. Did you mean "junit"\?/],
  [['validate', '--report', 'json=a', '--report', 'junit=./a'], /Two reports cannot go to the same place/],
  [['validate', '--report', 'json=.'], /it is a folder/],
  [['validate', '--report', 'json=file.txt/x.json'], /part of its path is a file/],
  [['validate', '--project', 'nowhere'], /There is no folder ".*nowhere"/],
  [['validate', '--project', 'file.txt'], /file\.txt" is a file/],
  [['validate', '--config', 'nowhere.ts'], /Cannot read the configuration/],
  [
    ['validate', QUICK, '--python', './nowhere'],
    /nowhere" \(from --python\) cannot be used: there is no such program/,
  ],
  [['prove', 'imports/simple-cycel'], /Did you mean "imports\/simple-cycle"\?/],
  [['list', 'imports/simple-cycel'], /Did you mean "imports\/simple-cycle"\?/],
  [['explain', 'IPM001'], /There is no finding or scenario "IPM001"\. Did you mean "IMP\d+"\?/],
  [['explain'], /missing required argument/],
  [['explain', 'IMP001', 'IMP002'], /too many arguments/],
  [['doctor', '--project', 'nowhere'], /There is no folder/],
  [[], /Usage: seaworthy/],
])('%j is a mistake, told in a sentence', async (args, message) => {
  using sandbox = new Sandbox({ 'file.txt': '' });
  const { exitCode, stdout, stderr } = await sandbox.run(args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
});

test.each<[string, string, RegExp]>([
  [
    'seaworthy.config.json',
    '{\n  "scenaros": {}\n}',
    /seaworthy\.config\.json:2: unknown key "scenaros"\. Did you mean "scenarios"\?/,
  ],
  [
    'seaworthy.config.json',
    '{\n"scenarios": { "imports/projet": {} } }',
    /:2: Unknown scenario "imports\/projet"\. Did you mean "imports\/project"\?/,
  ],
  [
    'seaworthy.config.json',
    '{"scenarios":{"imports/project":{"limits":{\n"maxCycels":1}}}}',
    /:2: .*no limit "maxCycels".*maxCycles/,
  ],
  ['seaworthy.config.json', '{"scenarios":{"imports/project":{"limits":{\n"maxCycles":-1}}}}', /:2: .*-1/],
  ['seaworthy.config.json', '{"imports": ', /seaworthy\.config\.json is no JSON/],
  [
    'seaworthy.config.ts',
    'export default { imports: {\n verfy: true } }',
    /seaworthy\.config\.ts:2: unknown key "imports\.verfy"\. Did you mean "verify"\?/,
  ],
  ['seaworthy.config.ts', 'export const config = {};', /has no default export/],
  ['seaworthy.config.mjs', 'export default {', /Cannot load seaworthy\.config\.mjs/],
  ['seaworthy.config.mjs', 'throw new Error("boom")', /Cannot load seaworthy\.config\.mjs:1: boom/],
  [
    'seaworthy.config.mjs',
    'import { defineConfig } from "seaworthy"; export default defineConfig({})',
    /npm install --save-dev seaworthy/,
  ],
  ['package.json', '{\n "seaworthy": { "deadline":\n "soon" } }', /package\.json:2: deadline: .*"soon"/],
  [
    'seaworthy.config.json',
    '{"project": {"python": "./nowhere"}}',
    /nowhere" \(from configuration\) cannot be used.*seaworthy\.config\.json:1/,
  ],
])('a configuration with a mistake: %s %j', async (name, text, message) => {
  using sandbox = new Sandbox({ [name]: text });
  const { exitCode, stdout, stderr } = await sandbox.run(['validate', QUICK]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('a TypeScript configuration is loaded without a word', async () => {
  using sandbox = new Sandbox({
    'package.json': '{}',
    'seaworthy.config.ts':
      'const most: number = 3;\nexport default { scenarios: { "imports/project": { limits: { maxCycles: most } } } };',
  });
  const { exitCode, stderr } = await sandbox.run(['list']);
  expect([exitCode, stderr]).toEqual([0, '']);
});

/** Python 3.6: a real one where it is installed beside the others, else a program that answers like it. */
function oldPython(sandbox: Sandbox): string {
  const prefix = execFileSync('python3', ['-c', 'import sys; print(sys.base_prefix)'], { encoding: 'utf8' });
  const beside = dirname(prefix.trim());
  const found = readdirSync(beside)
    .map((name) => join(beside, name, 'bin', 'python3.6'))
    .find((path) => existsSync(path));
  if (found !== undefined) return found;
  const file = sandbox.write('python3.6', '#!/bin/sh\necho \'["/usr/bin/python3.6","3.6.15","cpython"]\'\n');
  chmodSync(file, 0o755);
  return file;
}

test('Python 3.6 that the user named', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stderr } = await sandbox.run(['validate', QUICK, '--python', oldPython(sandbox)]);
  expect(stderr).toMatch(/it is Python 3\.6\.\d+, and 3\.8 or newer is needed/);
  expect(exitCode).toBe(2);
});

test('Python 3.6 that was found: what needs an interpreter is skipped, which is no success', async () => {
  using sandbox = new Sandbox();
  const folder = join(sandbox.project, '.venv', 'bin');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'python');
  writeFileSync(file, `#!/bin/sh\nexec ${oldPython(sandbox)} "$@"\n`);
  chmodSync(file, 0o755);
  const { exitCode, stdout } = await sandbox.run(['validate', 'imports/threads']);
  expect(stdout).toMatch(/\.venv.*it is Python 3\.6\.\d+, and 3\.8 or newer is needed/);
  expect(stdout).toMatch(/^skipped imports\/threads/m);
  expect(exitCode).toBe(3);
});

test('no interpreter at all', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run(['validate', 'imports/threads'], {
    env: { PATH: '/nowhere' },
  });
  expect(stdout).toMatch(/No Python interpreter: neither the project nor PATH has/);
  expect(stdout).toMatch(/to get it: /);
  expect(exitCode).toBe(3);
  const doctor = await sandbox.run(['doctor', '--json'], { env: { PATH: '/nowhere' } });
  expect(doctor.exitCode).toBe(3);
  expect(JSON.parse(doctor.stdout)).toMatchObject({
    ok: false,
    checks: expect.arrayContaining([expect.objectContaining({ id: 'python', state: 'missing' })]) as unknown,
  });
});

test('a project without Python files', async () => {
  using sandbox = new Sandbox({ 'README.md': '' });
  const { exitCode, stdout } = await sandbox.run(['validate', 'imports/project']);
  expect(stdout).toMatch(/^(skipped|unclear) +imports\/project/m);
  expect(exitCode).toBe(3);
});

test('a project of 50,000 files', async () => {
  using sandbox = new Sandbox();
  for (let folder = 0; folder < 500; folder += 1) {
    const path = join(sandbox.project, `p${String(folder)}`);
    mkdirSync(path);
    for (let file = 0; file < 100; file += 1) writeFileSync(join(path, `m${String(file)}.py`), 'import os\n');
  }
  const { exitCode, stdout } = await sandbox.run(['validate', 'imports/project']);
  expect(stdout).toMatch(/1 passed/);
  expect(exitCode).toBe(0);
}, 180_000);

test('names with spaces, letters of all scripts and line feeds', async () => {
  using sandbox = new Sandbox({
    'пакет/модуль.py': 'import пакет.模块\n',
    'пакет/模块.py': 'import пакет.модуль\n',
    'two\nlines/with space.py': 'import os\n',
    'esc\u001b[31mred.py': 'import (\n',
  });
  const { exitCode, stdout, stderr } = await sandbox.run([
    'validate',
    'imports/project',
    '--limit',
    'imports/project.maxCycles=0',
  ]);
  expect(stdout).toContain('пакет/');
  expect(stdout + stderr).not.toMatch(/\u001b|two\nlines/);
  expect(exitCode).toBe(1);
});

test('an old Node gets a sentence', async () => {
  // Every older Node is as good: the launcher must only find that it is one.
  const script = `Object.defineProperty(process.versions, 'node', { value: '20.20.0' }); await import(${JSON.stringify(BIN)})`;
  const { exitCode, stderr } = await outcomeOf(
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  expect(stderr).toMatch(/^seaworthy needs Node 24\.11 or newer, this is Node 20\.20\.0/);
  expect(exitCode).toBe(2);
});
