import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunRecord } from '@seaworthy/run-record';
import { expect, test } from 'vitest';
import { SHOP, Sandbox, seaworthyWithMounts } from './seaworthy.ts';

const QUICK = 'imports/simple-cycle';

test('a project without cycles passes, one line a scenario', async () => {
  using sandbox = new Sandbox({ 'a.py': 'import b\n', 'b.py': '' });
  const { exitCode, stdout, stderr } = await sandbox.run(['validate', QUICK, 'imports/project']);
  expect(stdout).toMatch(/^ok +imports\/simple-cycle /m);
  expect(stdout).toMatch(/^ok +imports\/project /m);
  expect(stdout).toMatch(/2 passed in .*, seed \d+\n?$/);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
});

test('a failure names measured value, limit and its line, cause, and the command to see it again', async () => {
  using sandbox = new Sandbox(SHOP);
  sandbox.write(
    'seaworthy.config.mjs',
    "export default {\n  scenarios: {\n    'imports/project': {\n      limits: { maxCycles: 0 },\n    },\n  },\n};\n",
  );
  const { exitCode, stdout } = await sandbox.run(['validate', 'imports/project', '--seed', '5']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^FAIL IMP\d+ .* \[explain IMP\d+\]$/m);
  expect(stdout).toMatch(/^ {2}limit +at most 0 \(maxCycles, from seaworthy\.config\.mjs:4\)$/m);
  expect(stdout).toMatch(/^ {2}over by +1$/m);
  expect(stdout).toMatch(/^ {2}reproduce +npx seaworthy validate imports\/project --seed 5$/m);
  expect(stdout).toMatch(/^1 failed(, \d+ warnings?)? in .*, seed 5\n?$/m);
});

test('the command to reproduce does', async () => {
  using sandbox = new Sandbox(SHOP);
  const limit = ['--limit', 'imports/project.maxCycles=0'];
  const first = await sandbox.run(['validate', 'imports/project', ...limit]);
  const [, command = ''] = /reproduce +npx seaworthy (.*)/.exec(first.stdout) ?? [];
  const again = await sandbox.run(command.split(' '));
  expect(again.exitCode).toBe(1);
  expect(again.stdout).toContain(command);
});

test('reports are written: a record that can be read back, and JUnit', async () => {
  using sandbox = new Sandbox(SHOP);
  const record = join(sandbox.folder, 'out', 'run.json');
  const { exitCode } = await sandbox.run([
    'validate',
    'imports/project',
    '--report',
    `json=${record}`,
    '--report',
    'junit=junit.xml',
    '--repeat',
    '2',
    '--limit',
    'imports/project.maxCycles=0',
  ]);
  expect(exitCode).toBe(1);
  const { results, planned, machine, project } = await readRunRecord(record);
  expect(results.map(({ verdict, limitSources }) => [verdict, limitSources['maxCycles']])).toEqual([
    ['failed', '--limit'],
    ['failed', '--limit'],
  ]);
  expect(planned).toEqual(['imports/project', 'imports/project']);
  expect(machine.effective.memoryBytes).toBeGreaterThan(0);
  expect(project.python?.version).toMatch(/^3\./);
  expect(readFileSync(join(sandbox.project, 'junit.xml'), 'utf8')).toContain(
    '<testsuite name="imports" tests="2" failures="2"',
  );
});

test('a report on standard output is alone there', async () => {
  using sandbox = new Sandbox();
  const { stdout, stderr } = await sandbox.run(['validate', QUICK, '--report', 'json=-']);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 1, planned: [QUICK] });
  expect(stderr).toMatch(/1 passed/);
});

test('a deadline gives a partial result that says so', async () => {
  using sandbox = new Sandbox();
  const { exitCode, stdout } = await sandbox.run([
    'validate',
    'imports/threads',
    'imports/leak',
    '--deadline',
    '600ms',
  ]);
  expect(exitCode).toBe(4);
  expect(stdout).toMatch(/The deadline of the run was reached: this is a partial result\./);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
});

test('nothing selected', async () => {
  using sandbox = new Sandbox();
  expect(await sandbox.run(['validate', 'nothing/*'])).toMatchObject({ exitCode: 5, stdout: '' });
});

test('a full disk for temporary files is told as such', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout, stderr } = await seaworthyWithMounts(
    sandbox,
    'mount -t tmpfs -o size=8k none "$1"; head -c 8192 /dev/zero > "$1/full"',
    [sandbox.temporary],
    ['validate', QUICK],
  );
  expect(stderr).toMatch(/There is no place for temporary files: 0 B free in .*TMPDIR/);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('a disk that can take no more files', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stderr } = await seaworthyWithMounts(
    sandbox,
    'mount -t tmpfs -o size=100m,nr_inodes=1 none "$1"',
    [sandbox.temporary],
    ['validate', QUICK],
  );
  expect(stderr).toMatch(/the disk is full/);
  expect(exitCode).toBe(2);
});

test('a report on a full disk: what was found is told all the same', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout, stderr } = await sandbox.run(['validate', QUICK, '--report', 'json=/dev/full']);
  expect(stdout).toMatch(/1 passed/);
  expect(stderr).toMatch(/Cannot write "\/dev\/full": the disk is full/);
  expect(exitCode).toBe(2);
});

test('a read-only project is checked like any other', async () => {
  using sandbox = new Sandbox({ 'a.py': 'import b\n', 'b.py': '' });
  const { exitCode, stdout } = await seaworthyWithMounts(
    sandbox,
    'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; ! touch "$1/x" 2>/dev/null; cd "$1"',
    [sandbox.project],
    ['validate', QUICK, 'imports/project'],
  );
  expect(stdout).toMatch(/2 passed/);
  expect(exitCode).toBe(0);
});

test('a report into a read-only folder is refused before anything runs', async () => {
  using sandbox = new Sandbox(SHOP);
  const { exitCode, stdout, stderr } = await seaworthyWithMounts(
    sandbox,
    'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; cd "$1"',
    [sandbox.project],
    ['validate', QUICK, '--report', 'junit=report.xml'],
  );
  expect(stderr).toMatch(/Cannot write ".*report\.xml": that file system is read-only/);
  expect([exitCode, stdout]).toEqual([2, '']);
});
