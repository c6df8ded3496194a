import { once } from 'node:events';
import { existsSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SHOP, Sandbox, seaworthyWithMounts } from './seaworthy.ts';

test('a cycle is drawn, what crashes is named, and the exit code says that there is one', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout, stderr } = await sandbox.run(['imports']);
  expect(stdout).toContain('shop/billing.py:1');
  expect(stdout).toMatch(/ImportError|AttributeError/);
  expect(stderr).toMatch(/^seaworthy: 1 import cycle, none is allowed .*$/);
  expect(exitCode).toBe(1);
});

test.each(['github', 'sarif'])(
  '%s names files as the repository does, wherever it is run',
  async (format) => {
    using sandbox = new Sandbox(SHOP);
    const { stdout } = await sandbox.run(['imports', 'shop', '--format', format]);
    expect(stdout).toMatch(/"uri": "project\/shop\/billing\.py"|file=project\/shop\/\w+\.py/);
    const env = { GITHUB_WORKSPACE: sandbox.project };
    const checkedOut = await sandbox.run(['imports', 'shop', '--format', format], { env });
    expect(checkedOut.stdout).toMatch(/"uri": "shop\/billing\.py"|file=shop\/\w+\.py/);
  },
);

test('without a cycle it passes', async () => {
  using sandbox = new Sandbox({ 'a.py': 'import b\n', 'b.py': '' });
  expect(await sandbox.run(['imports'])).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  [['--max-cycles', '1'], 0],
  [['--max-cycles', '0'], 1],
  [['--max-length', '3'], 0],
  [['--max-length', '2'], 1],
  [['--max-cycles', '1', '--max-length', '2'], 1],
  [['--exit-zero'], 0],
  [['--exclude', 'billing.py'], 0],
])('thresholds: %j ends with %i', async (args, code) => {
  using sandbox = new Sandbox(SHOP);
  expect((await sandbox.run(['imports', ...args])).exitCode).toBe(code);
});

test('JSON on standard output is nothing but JSON, also when files have problems', async () => {
  using sandbox = new Sandbox({ ...SHOP, 'shop/broken.py': 'def (:\n' });
  const { stdout, stderr } = await sandbox.run(['imports', '--format', 'json']);
  const report = JSON.parse(stdout) as Record<string, readonly Record<string, unknown>[]>;
  expect(report['modules']).toContainEqual({ name: 'shop.billing', path: 'shop/billing.py' });
  expect(report['imports']).toContainEqual({
    from: 'shop.billing',
    to: 'shop.orders',
    path: 'shop/billing.py',
    line: 1,
    kind: 'module',
  });
  expect(report['knots']?.[0]).toHaveProperty('witness');
  expect(report['firstImports']).toContainEqual(
    expect.objectContaining({ outcome: 'crash', found: 'predicted' }),
  );
  expect(stderr).toMatch(/shop\/broken\.py:1: /);
});

test.each(['sarif', 'dot', 'mermaid', 'html', 'github'])('%s is written to a file', async (format) => {
  using sandbox = new Sandbox(SHOP);
  const file = join(sandbox.folder, 'out', `report.${format}`);
  const { exitCode, stdout } = await sandbox.run(['imports', '--format', format, '--output', file]);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(readFileSync(file, 'utf8')).toMatch(/billing/);
});

test('--verify tries what was predicted, in the interpreter of the project', async () => {
  using sandbox = new Sandbox(SHOP);
  const { stdout } = await sandbox.run(['imports', '--verify', '--format', 'json']);
  const { firstImports } = JSON.parse(stdout) as {
    firstImports: readonly { found: string; outcome: string }[];
  };
  expect(new Set(firstImports.map(({ found }) => found))).toEqual(new Set(['tried']));
  expect(firstImports.some(({ outcome }) => outcome === 'crash')).toBe(true);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
});

test('whatever modules do when they are tried is contained, and told', async () => {
  const back = 'import strange.hub\n';
  using sandbox = new Sandbox({
    'strange/__init__.py': '',
    'strange/hub.py': ['prints', 'exits', 'forks', 'kills', 'deletes', 'waits']
      .map((name) => `def ${name}():\n    import strange.${name}\n`)
      .join(''),
    'strange/prints.py': `${back}print('{"not": "the report"}')\n`,
    'strange/exits.py': `${back}import os\nos._exit(0)\n`,
    'strange/forks.py': `${back}import os, time\nif os.fork() == 0:\n    time.sleep(600)\n`,
    'strange/kills.py': `${back}import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n`,
    'strange/deletes.py': `${back}import os\nos.remove(__file__)\n`,
    'strange/waits.py': `${back}import time\ntime.sleep(600)\n`,
  });
  const { exitCode, stdout } = await sandbox.run([
    'imports',
    '--verify',
    '--graph',
    'all',
    '--format',
    'json',
  ]);
  const { firstImports } = JSON.parse(stdout) as { firstImports: readonly Record<string, unknown>[] };
  const outcomes = new Map(firstImports.map(({ module, outcome, error }) => [module, { outcome, error }]));
  const crash = (type: string) => ({ outcome: 'crash', error: expect.objectContaining({ type }) as unknown });
  expect(outcomes.get('strange.prints')?.outcome).toBe('ok');
  expect(outcomes.get('strange.deletes')?.outcome).toBe('ok');
  expect(outcomes.get('strange.exits')).toEqual(crash('Exit'));
  expect(outcomes.get('strange.kills')).toEqual(crash('Signal'));
  expect(outcomes.get('strange.waits')).toEqual(crash('Timeout'));
  expect(existsSync(join(sandbox.project, 'strange/deletes.py'))).toBe(true);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
  expect(exitCode).toBe(1);
}, 120_000);

test('without a cache folder it works as well', async () => {
  using sandbox = new Sandbox(SHOP);
  const cache = sandbox.write('taken', '');
  expect((await sandbox.run(['imports'], { env: { XDG_CACHE_HOME: cache } })).exitCode).toBe(1);
});

test('a TypeScript project is found to be one', async () => {
  using sandbox = new Sandbox({
    'src/a.ts': "import { b } from './b.js';\nexport const a = () => b;\n",
    'src/b.ts': "import { a } from './a.js';\nexport const b = () => a;\n",
    'tsconfig.json': '{"compilerOptions":{"module":"nodenext"}}',
  });
  const { exitCode, stdout } = await sandbox.run(['imports', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    language: 'typescript',
    knots: [{ modules: ['src/a.ts', 'src/b.ts'] }],
  });
  expect(exitCode).toBe(1);
});

test('--no-predict leaves out what happens when modules are imported first', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout } = await sandbox.run(['imports', '--no-predict', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ firstImports: [], knots: [{ modules: { length: 3 } }] });
  expect(exitCode).toBe(1);
});

test('several paths are one graph', async () => {
  using sandbox = new Sandbox({ 'one/a.py': 'import b\n', 'two/b.py': 'import a\n' });
  expect((await sandbox.run(['imports', 'one', 'two'])).exitCode).toBe(1);
});

test('a baseline accepts what is there, fails what is new, and only shrinks', async () => {
  using sandbox = new Sandbox(SHOP);
  const args = ['imports', '--baseline', 'cycles.json'];
  expect((await sandbox.run(args)).exitCode).toBe(2);
  expect((await sandbox.run([...args, '--update-baseline'])).exitCode).toBe(0);
  expect((await sandbox.run(args)).exitCode).toBe(0);
  sandbox.write('a.py', 'import b\n');
  sandbox.write('b.py', 'import a\n');
  expect((await sandbox.run([...args, '--update-baseline'])).exitCode).toBe(1);
  sandbox.write('shop/billing.py', '');
  const { stderr } = await sandbox.run([...args, '--update-baseline']);
  expect(stderr).toMatch(/3 imports that are in no cycle any more were taken out, 0 are left/);
});

test('a reader that has seen enough is no error', async () => {
  using sandbox = new Sandbox(
    Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`m${String(i)}.py`, ''])),
  );
  const { child, ended } = sandbox.start(['imports', '--format', 'json']);
  await once(child.stdout ?? child, 'data');
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ exitCode: 0 });
});

test('standard output on a full disk is told', async () => {
  using sandbox = new Sandbox(SHOP);
  const full = openSync('/dev/full', 'w');
  const { exitCode, stderr } = await sandbox.run(['imports'], { stdout: full });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/cannot write to standard output: .*ENOSPC/);
});

test('an output file on a full disk leaves the old one alone', async () => {
  using sandbox = new Sandbox({
    ...SHOP,
    ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${String(i)}.py`, 'import os\n'])),
  });
  const { exitCode, stderr } = await seaworthyWithMounts(
    sandbox,
    'mount -t tmpfs -o size=16k none "$1"; echo old > "$1/report.json"',
    [sandbox.temporary],
    ['imports', '--format', 'json', '--output', join(sandbox.temporary, 'report.json'), '--no-cache'],
  );
  expect(stderr).toMatch(/Cannot write ".*report\.json": the disk is full/);
  expect(exitCode).toBe(2);
});

test('a read-only project is analysed like any other', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout } = await seaworthyWithMounts(
    sandbox,
    'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; ! touch "$1/x" 2>/dev/null; cd "$1"',
    [sandbox.project],
    ['imports', '--verify'],
  );
  expect(stdout).toContain('shop.billing');
  expect(exitCode).toBe(1);
});
