import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Sandbox } from './seaworthy.ts';

test('list shows all scenarios, what each catches, and whether it can run here', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run(['list', '--json']);
  expect(exitCode).toBe(0);
  const listed = JSON.parse(stdout) as readonly {
    id: string;
    catches: string;
    runsHere: boolean;
    faults: number;
  }[];
  expect(listed.map(({ id }) => id)).toEqual([
    'imports/simple-cycle',
    'imports/complex-web',
    'imports/performance',
    'imports/threads',
    'imports/leak',
    'imports/project',
    'collection/simple-1000',
    'collection/nested-complex',
    'collection/parallel',
    'collection/memory-growth',
    'collection/circular-imports',
    'collection/interruption',
    'collection/project',
    'memory/collection-leak',
    'memory/gradual',
    'memory/fragmentation',
    'memory/workers',
    'limits/memory',
    'limits/cpu',
    'limits/descriptors',
    'limits/disk',
    'limits/combined',
    'limits/configuration',
  ]);
  for (const { catches, faults } of listed) {
    expect(catches).not.toBe('');
    expect(faults).toBeGreaterThanOrEqual(2);
  }
  const { stdout: text } = await sandbox.run(['list']);
  for (const { id, catches } of listed) {
    expect(text).toContain(id);
    expect(text).toContain(catches);
  }
});

test('every finding that a scenario can raise is explained, in any case', async () => {
  using sandbox = new Sandbox();
  const { stdout } = await sandbox.run(['list', '--json']);
  const codes = (JSON.parse(stdout) as readonly { findings: readonly string[] }[]).flatMap(
    ({ findings }) => findings,
  );
  expect(codes.length).toBeGreaterThanOrEqual(6);
  for (const code of [...new Set(codes)].slice(0, 6)) {
    const { exitCode, stdout: text } = await sandbox.run(['explain', code.toLowerCase()]);
    expect(exitCode).toBe(0);
    expect(text).toMatch(
      new RegExp(`^${code} [^]+Usual causes\\n  - [^]+What to do\\n  - [^]+Raised by imports/`),
    );
  }
});

test.each([['list'], ['explain', 'LIM000'], ['explain', 'limits/memory'], ['doctor', '--subject', 'host']])(
  'no line is wider than the terminal: %s %s',
  async (...args) => {
    using sandbox = new Sandbox();
    const { stdout } = await sandbox.run(args, { env: { COLUMNS: '80' } });
    // A path or a command has no space to be broken at.
    const wide = stdout.split('\n').filter((line) => line.length > 80 && /\S \S/.test(line.slice(20)));
    expect(wide).toEqual([]);
  },
);

test('an unknown code is told in few words', async () => {
  using sandbox = new Sandbox();
  const { stderr, exitCode } = await sandbox.run(['explain', 'lim58']);
  expect(stderr).toMatch(/There is no finding or scenario "lim58"\. Did you mean "LIM0?58"\?/);
  expect(stderr.length).toBeLessThan(300);
  expect(exitCode).toBe(2);
});

test('so are those of the other groups', async () => {
  using sandbox = new Sandbox();
  const { stdout } = await sandbox.run(['explain', 'col002']);
  expect(stdout).toMatch(/^COL002 [^]+What to do\n {2}- [^]+Raised by collection\//);
  const { stdout: scenario } = await sandbox.run(['explain', 'memory/collection-leak']);
  expect(scenario).toMatch(/-> MEM\d+$/m);
});

test('doctor asks the interpreter which pytest it has, and says what to do about one that is too old', async () => {
  using sandbox = new Sandbox();
  const pytestOf = async (): Promise<string> => {
    const { stdout } = await sandbox.run(['doctor'], { env: { PYTHONPATH: sandbox.folder } });
    return (
      stdout.split('\n').find((line) => /^.. +pytest/.test(line)) +
      (/to get it: .*pytest$/m.exec(stdout)?.[0] ?? '')
    );
  };
  const metadata = (version: string): void => {
    const folder = join(sandbox.folder, 'pytest-1.dist-info');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'METADATA'), `Metadata-Version: 2.1\nName: pytest\nVersion: ${version}\n`);
  };
  metadata('5.4.3');
  expect(await pytestOf()).toMatch(/^! +pytest +5\.4\.3, and .* from 6 on.*-m pip install --upgrade pytest$/);
  metadata('6.0.0');
  expect(await pytestOf()).toMatch(/^ok pytest +6\.0\.0$/);
});

test('a scenario is explained with its limits, findings and faults', async () => {
  using sandbox = new Sandbox();
  const { stdout } = await sandbox.run(['explain', 'imports/project']);
  expect(stdout).toMatch(/^ {2}maxCycles +20 /m);
  expect(stdout).toMatch(/^ {2}IMP\d+ {2}/m);
  expect(stdout).toMatch(/-> IMP\d+$/m);
});

test('doctor has a stable id for each thing', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run(['doctor', '--json']);
  const { ok, checks } = JSON.parse(stdout) as {
    ok: boolean;
    checks: readonly { id: string; state: string }[];
  };
  expect([exitCode, ok]).toEqual([0, true]);
  expect(checks.map(({ id }) => id)).toEqual([
    'node',
    'python',
    'pytest',
    'cores',
    'memory',
    'cgroup',
    'free-memory',
    'memory-limit',
    'disk',
    'engine',
    'subject',
    'tier',
  ]);
});

test('doctor tells what is wrong with an interpreter instead of stopping at it', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run(['doctor', '--python', './nowhere']);
  expect(stdout).toMatch(
    /^x +Python +".*nowhere" \(from --python\) cannot be used: there is no such program/m,
  );
  expect(stdout).toMatch(/to get it: /);
  expect(exitCode).toBe(3);
});

test('doctor tells where nothing can be written, and what it could not look at for that', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run(['doctor'], { env: { TMPDIR: '/nowhere/at/all' } });
  expect(stdout).toMatch(
    /^x +Disk +\/nowhere\/at\/all: ENOENT[^]*to get it: Make .* or name another one with TMPDIR/m,
  );
  expect(stdout).toMatch(/^! +Python +not looked at/m);
  expect(exitCode).toBe(3);
});

test.each([
  ['help', /Commands:/],
  ['--version', /^\d+\.\d+\.\d+$/],
  ['--help', /Commands:[^]*validate[^]*prove[^]*list[^]*explain[^]*doctor[^]*imports[^]*collect/],
])('%s goes to standard output', async (option, text) => {
  using sandbox = new Sandbox();
  const { exitCode, stdout, stderr } = await sandbox.run([option]);
  expect(stdout).toMatch(text);
  expect([exitCode, stderr]).toEqual([0, '']);
});

test('colours follow the flag, then the environment', async () => {
  using sandbox = new Sandbox();
  const coloured = async (args: readonly string[], env = {}): Promise<boolean> =>
    (await sandbox.run(['list', ...args], { env })).stdout.includes('\u001b[');
  expect(await coloured([])).toBe(false);
  expect(await coloured(['--color'])).toBe(true);
  expect(await coloured([], { FORCE_COLOR: '1' })).toBe(true);
  expect(await coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
});
