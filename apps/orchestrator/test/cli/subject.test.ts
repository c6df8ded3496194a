import { readdirSync } from 'node:fs';
import { connectEngine } from '@seaworthy/container-engine';
import { beforeAll, expect, test } from 'vitest';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { FailingEngine } from './failing-engine.ts';
import { Sandbox } from './seaworthy.ts';

const NO_ENGINE = { DOCKER_HOST: 'unix:///nowhere' };

/** The image that the target `test-images` makes. */
const COMPOSE = `services:
  tests:
    image: seaworthy-test/debian:latest
    command: pytest
    init: true
    mem_limit: 300m
    memswap_limit: 300m
    cpus: 1
    pids_limit: 64
    ulimits: {nofile: {soft: 512, hard: 1024}}
`;

let engine: ContainerEngine;

beforeAll(async () => {
  engine = await connectEngine();
});

/** Names of the containers of the run whose folder is in a sandbox. */
async function containersOf(sandbox: Sandbox): Promise<readonly string[]> {
  const run = readdirSync(sandbox.temporary).find((name) => name.startsWith('seaworthy-'));
  return run === undefined ? [] : containersNamed(run);
}

async function containersNamed(part: string): Promise<readonly string[]> {
  const all = await engine.client.listContainers({ all: true });
  return all.flatMap(({ Names }) => Names).filter((name) => name.includes(part));
}

test('the head of a run says what is validated, under which limits and where', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': COMPOSE });
  const { stdout, stderr, exitCode } = await sandbox.run(['validate', 'limits/configuration']);
  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^Subject: image seaworthy-test\/debian:latest \(service tests, compose\.yaml:2\), 300 MiB without swap, 1 CPU, 64 processes, 512 open files, on (Docker|Podman) [^,]+, cgroup v[12]; victims run in throw-away containers of it\.$/m,
  );
  expect(exitCode).toBe(0);
}, 60_000);

test('without an engine it is this machine, with the reason, and what is written is still judged', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': COMPOSE.replace('300m\n    memswap', '64g\n    memswap') });
  const { stdout, exitCode } = await sandbox.run(['validate', 'limits/configuration'], { env: NO_ENGINE });
  expect(stdout).toMatch(/^Subject: host: no container engine answers at .*\/nowhere.*; victims run /m);
  expect(stdout).toContain('compose.yaml:6:16');
  expect(stdout).toContain('LIM052');
  expect(exitCode).toBe(1);
}, 60_000);

test('an image that was asked for and is not to be had is exit code 3', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': 'services:\n  tests: {build: ., command: pytest}\n' });
  const run = await sandbox.run(['validate', 'imports/simple-cycle', '--subject', 'image']);
  expect(run.stderr).toMatch(
    /^seaworthy: No image can be validated: the engine has no image project-tests of service tests; get it with: docker compose build tests\.$/m,
  );
  expect(run.exitCode).toBe(3);
  const without = await sandbox.run(['validate', 'imports/simple-cycle', '--subject', 'image'], {
    env: NO_ENGINE,
  });
  expect(without.exitCode).toBe(3);
  const host = await sandbox.run(['list', 'imports/simple-cycle', '--subject', 'host']);
  expect(host.exitCode).toBe(0);
}, 60_000);

test('a mistake in a compose file is told with its place, and is exit code 2', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': COMPOSE.replace('300m', 'plenty') });
  const { stderr, exitCode } = await sandbox.run(['validate', 'imports/simple-cycle']);
  expect(stderr).toMatch(/^seaworthy: compose\.yaml:6:16: services\.tests\.mem_limit: expected a size/);
  expect(exitCode).toBe(2);
}, 60_000);

test('doctor tells engine, subject and tier, and how to get what is missing', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': COMPOSE });
  interface Told {
    readonly id: string;
    readonly state: string;
    readonly how?: string;
    readonly data: Readonly<Record<string, unknown>>;
  }
  const told = async (env: Readonly<Record<string, string>>): Promise<(id: string) => Told | undefined> => {
    const { stdout } = await sandbox.run(['doctor', '--json'], { env });
    const { checks } = JSON.parse(stdout) as { checks: readonly Told[] };
    return (id) => checks.find((check) => check.id === id);
  };
  const here = await told({});
  expect(here('engine')?.data).toMatchObject({
    answers: true,
    apiVersion: engine.facts.apiVersion,
    cgroupVersion: engine.facts.cgroupVersion,
    rootless: engine.facts.rootless,
    cannotLimit: engine.facts.cannotLimit,
  });
  expect(here('subject')?.data).toMatchObject({ kind: 'image', service: 'tests' });
  expect(here('tier')?.data).toMatchObject({ tier: 'container' });
  const { probes } = here('tier')?.data as { probes: readonly { tier: string; had: boolean; ms: number }[] };
  expect(probes.map(({ tier }) => tier)).toEqual([
    'container',
    'cgroup-v2',
    'cgroup-v1',
    'rlimit',
    'self-limited',
  ]);
  expect(probes.filter(({ had }) => had).length).toBeGreaterThanOrEqual(3);
  expect(here('free-memory')?.data).toMatchObject({ floorBytes: expect.any(Number) as number });
  const without = await told(NO_ENGINE);
  expect(without('engine')).toMatchObject({ state: 'warning', data: { answers: false } });
  expect(without('engine')?.how).toContain('DOCKER_HOST');
  expect(without('subject')?.data).toMatchObject({ kind: 'host' });
  expect(without('tier')?.data['tier']).not.toBe('container');
}, 60_000);

test('doctor tells a mistake in a compose file instead of stopping at it', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': COMPOSE.replace('300m', 'plenty') });
  const { stdout, exitCode } = await sandbox.run(['doctor']);
  expect(stdout).toMatch(/^x +Subject +compose\.yaml:6:16: services\.tests\.mem_limit: expected a size/m);
  expect(stdout).toMatch(/^ok Container engine /m);
  expect(exitCode).toBe(3);
}, 60_000);

test('an engine that is lost midway reads as what it is, and is no defect of seaworthy', async () => {
  using sandbox = new Sandbox({ 'compose.yaml': COMPOSE });
  await using failing = await FailingEngine.open(sandbox.folder, '-limits-');
  const { stdout, stderr, exitCode } = await sandbox.run(['validate', 'limits/configuration'], {
    env: { DOCKER_HOST: failing.host },
  });
  // Nobody else can: the tool was told of an engine that is gone.
  for (const name of await containersOf(sandbox))
    await engine.client.getContainer(name.slice(1)).remove({ force: true, v: true });
  expect(stdout).toMatch(
    /^skipped limits\/configuration .*needs a container engine that does what it is asked/m,
  );
  expect(stdout + stderr).not.toContain('defect');
  expect(stderr).toContain('containers of this run may be left');
  expect(exitCode).toBe(3);
}, 90_000);

test('SIGINT ends a run with containers in order, a second one at once, and neither leaves any', async () => {
  for (const times of [1, 2]) {
    using sandbox = new Sandbox({ 'compose.yaml': COMPOSE });
    const running = sandbox.start(['validate', 'imports/threads', 'limits/memory']);
    await expect.poll(() => containersOf(sandbox), { timeout: 60_000, interval: 100 }).not.toEqual([]);
    const run = /seaworthy-([a-z0-9]+-[a-z0-9]+-[a-z0-9]+-[a-z0-9]+)/.exec(
      (await containersOf(sandbox))[0] ?? '',
    )?.[0];
    if (run === undefined) throw new Error('Expected a container that is still there');
    running.child.kill('SIGINT');
    if (times === 2) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      running.child.kill('SIGINT');
    }
    expect((await running.ended).exitCode).toBe(130);
    await expect.poll(() => containersNamed(run), { timeout: 60_000, interval: 200 }).toEqual([]);
  }
}, 180_000);
