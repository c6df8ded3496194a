import type { CollectionProfile } from '@seaworthy/pytest-collection';
import { expect, test } from 'vitest';
import { SUITE, TestSuite, withoutHeartbeats } from './test-suite.ts';

const IMAGE = 'seaworthy-test/debian:latest';

test('collects in a container of an image, under the limit, with the folder of this machine', async () => {
  using sandbox = new TestSuite(SUITE);
  const args = ['--image', IMAGE, '--mount', '--limit', '128m', '--no-verify', '--format', 'json'];
  const { exitCode, stdout, stderr } = await sandbox.run(['collect', ...args]);
  expect(withoutHeartbeats(stderr)).toBe('');
  expect(exitCode).toBe(0);
  const profile = JSON.parse(stdout) as CollectionProfile;
  expect(profile.runner).toBe(`container of ${IMAGE}, 128 MiB`);
  expect(profile.root).toBe('/project');
  expect(profile.tests.found).toBeGreaterThan(0);
  expect(profile.runs.cold?.peak.source).toBe('container');
  expect(profile.runs.warm).toBeDefined();
});

test.each<[readonly string[], number, RegExp]>([
  [['--image', 'seaworthy-no-such-image'], 2, /has no image "seaworthy-no-such-image".*docker pull/],
  [['--image', 'seaworthy-test/tiny:latest', '--mount'], 3, /has no Python interpreter/],
  [['--image', IMAGE], 2, /has no working folder of its own.*--workdir.*--mount/],
  [['--image', IMAGE, '--workdir', '/no/where'], 2, /has no folder \/no\/where/],
  [['--image', IMAGE, '--workdir', 'here'], 2, /--workdir takes an absolute path/],
  [['--image', IMAGE, '--smallest-limit'], 2, /--smallest-limit looks for the limit on this machine/],
  [['--mount'], 2, /--mount and --workdir belong to --image/],
])('%j: exit code %i', async (args, code, message) => {
  using sandbox = new TestSuite(SUITE);
  const { exitCode, stdout, stderr } = await sandbox.run(['collect', ...args]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect([exitCode, stdout]).toEqual([code, '']);
});

test('no engine answers: exit code 3', async () => {
  using sandbox = new TestSuite(SUITE);
  const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
  const { exitCode, stderr } = await sandbox.run(['collect', '--image', IMAGE, '--mount'], { env });
  expect(stderr).toMatch(/no container engine answers at .*seaworthy doctor tells more/);
  expect(exitCode).toBe(3);
});
