import { hostname, release, totalmem } from 'node:os';
import { expect, test } from 'vitest';
import type { EngineApi } from '../../src/connection/engine-api.ts';
import {
  factsFrom,
  isLocal,
  type InfoAnswer,
  type VersionAnswer,
} from '../../src/connection/engine-facts.ts';

const rest = { local: false, foundBy: 'DOCKER_HOST' };
const able: InfoAnswer = { MemoryLimit: true, SwapLimit: true, CpuCfsQuota: true, PidsLimit: true };
const docker: VersionAnswer = { Version: '28.2.2', ApiVersion: '1.50', Components: [{ Name: 'Engine' }] };

test('Docker on control groups of version 2', () => {
  const info = {
    ...able,
    CgroupVersion: '2',
    KernelVersion: '6.12.1',
    MemTotal: 8e9,
    NCPU: 4,
    SecurityOptions: null,
  };
  expect(factsFrom(docker, info, rest)).toEqual({
    product: 'docker',
    version: '28.2.2',
    apiVersion: '1.50',
    cgroupVersion: 2,
    rootless: false,
    memoryBytes: 8e9,
    cores: 4,
    kernel: '6.12.1',
    cannotLimit: [],
    ...rest,
  });
});

test('Podman is told by its components', () => {
  const podman = { ...docker, Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }] };
  expect(factsFrom(podman, able, rest).product).toBe('podman');
});

test('an engine that does not tell a version of control groups knows the first only', () => {
  expect(factsFrom(docker, able, rest).cgroupVersion).toBe(1);
});

test.for<[string, InfoAnswer, string[]]>([
  ['has no swap accounting', { ...able, SwapLimit: false }, ['swap']],
  ['has no controller of processes', { ...able, PidsLimit: false, CpuCfsQuota: false }, ['cpus', 'pids']],
  [
    'is rootless on version 1, whatever it says',
    { ...able, CgroupVersion: '1', SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'] },
    ['memory', 'swap', 'cpus', 'pids'],
  ],
  ['is rootless on version 2', { ...able, CgroupVersion: '2', SecurityOptions: ['name=rootless'] }, []],
  ['uses no control groups', { ...able, CgroupDriver: 'none' }, ['memory', 'swap', 'cpus', 'pids']],
  ['does not say', {}, []],
])('an engine that %s cannot limit that', ([, info, cannot]) => {
  expect(factsFrom(docker, info, rest).cannotLimit).toEqual(cannot);
});

/** An engine that answers one question after the other so; the last answer stays. */
function answering(...running: readonly (readonly { Id: string }[])[]): EngineApi {
  const answers = [...running];
  const json = (_: string, path: string): Promise<unknown> =>
    Promise.resolve(
      path === '/containers/json'
        ? answers.length > 1
          ? answers.shift()
          : answers[0]
        : { State: { Pid: process.pid } },
    );
  return { json } as unknown as EngineApi;
}

test('a container that ended before the engine noticed does not make the engine one of elsewhere', async () => {
  const info = { ...able, KernelVersion: release(), MemTotal: totalmem(), Name: hostname() };
  expect(await isLocal(answering([{ Id: 'ended' }], []), info)).toBe(true);
  expect(await isLocal(answering([{ Id: 'elsewhere' }]), info)).toBe(false);
});
