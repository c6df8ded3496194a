import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '@seaworthy/run-record';
import { expect, test } from 'vitest';
import { Sandbox } from './seaworthy.ts';

const NO_ENGINE = { DOCKER_HOST: 'unix:///nowhere' };

/** More than any machine has: below it nothing is put under pressure. */
const KEEP_FREE = { exhaustion: { keepFree: '1000000g' } };
const config = (values: object): Readonly<Record<string, string>> => ({
  'seaworthy.config.json': JSON.stringify(values),
});

test('with less free memory than must stay free a scenario that is required is exit code 3, and no pressure is made', async () => {
  using sandbox = new Sandbox(
    config({ ...KEEP_FREE, scenarios: { 'limits/descriptors': { required: true } } }),
  );
  const { stdout, exitCode } = await sandbox.run(['validate', 'imports/simple-cycle', 'limits/*'], {
    env: NO_ENGINE,
  });
  expect(stdout).toMatch(/^Subject: .*; there is no place for victims here: .*1000000 GiB stay free/m);
  expect(stdout).toMatch(
    /^skipped limits\/descriptors .*free memory: .* and pressure is only made while 1000000 GiB stay free/m,
  );
  expect(exitCode).toBe(3);
}, 90_000);

test('without one that is required the others decide', async () => {
  using sandbox = new Sandbox(config(KEEP_FREE));
  const args = ['validate', 'imports/simple-cycle', 'limits/d*'];
  const { stdout, exitCode } = await sandbox.run(args, { env: NO_ENGINE });
  expect(stdout).toMatch(/^ok +imports\/simple-cycle/m);
  expect(stdout).toMatch(/^skipped limits\/disk/m);
  expect(exitCode).toBe(0);
  const strict = await sandbox.run([...args, '--strict'], { env: NO_ENGINE });
  expect(strict.exitCode).toBe(3);
}, 90_000);

test('list and doctor say so too', async () => {
  using sandbox = new Sandbox(config(KEEP_FREE));
  const { stdout: listed } = await sandbox.run(['list', 'limits/disk'], { env: NO_ENGINE });
  expect(listed).toMatch(/here +needs free memory: .*1000000 GiB stay free/);
  const { stdout } = await sandbox.run(['doctor'], { env: NO_ENGINE });
  expect(stdout).toMatch(/^! +Free memory +free memory: .*1000000 GiB stay free/m);
  expect(stdout).toMatch(/^! +Victims +there is no place for victims here/m);
  expect(stdout).toMatch(/^Scenarios can run here, but for those that need more free memory\.$/m);
}, 90_000);

test('a size that is none is told with its place', async () => {
  using sandbox = new Sandbox(config({ exhaustion: { keepFree: 'plenty' } }));
  const { stderr, exitCode } = await sandbox.run(['list']);
  expect(stderr).toMatch(
    /seaworthy\.config\.json:1: exhaustion\.keepFree: Invalid size: expected one such as "512m"/,
  );
  expect(exitCode).toBe(2);
});

test('the record has what a run under pressure left on the machine, and the machine itself', async () => {
  using sandbox = new Sandbox();
  const file = join(sandbox.folder, 'run.json');
  const args = ['validate', 'limits/descriptors', '--report', `json=${file}`];
  const { stdout, stderr } = await sandbox.run(args, { env: NO_ENGINE });
  expect(stdout).toMatch(/^Subject: .*; victims run .*\.$/m);
  expect(stderr).toBe('');
  const { leftBehind, machine } = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  expect(leftBehind?.left).toEqual([]);
  expect(leftBehind?.availableBytes.before).toBeGreaterThan(2 ** 20);
  expect(leftBehind?.temporaryFreeBytes.after).toBeGreaterThan(0);
  expect(machine.os).toMatch(/\w/);
  expect(machine.cpu).toMatch(/\w/);
}, 90_000);

test('a run that puts nothing under pressure looks for no place for victims', async () => {
  using sandbox = new Sandbox();
  const file = join(sandbox.folder, 'run.json');
  const { stdout } = await sandbox.run(['validate', 'imports/simple-cycle', '--report', `json=${file}`], {
    env: NO_ENGINE,
  });
  expect(stdout).not.toContain('victims');
  expect(existsSync(file)).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).not.toHaveProperty('leftBehind');
}, 60_000);
