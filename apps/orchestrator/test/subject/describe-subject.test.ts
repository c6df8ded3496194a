import type { ContainerEngine } from '@seaworthy/container-engine';
import { expect, it } from 'vitest';
import { describeSubject } from '../../src/subject/describe-subject.ts';
import type { ProjectSubject } from '../../src/subject/project-subject.ts';

const FACTS = {
  product: 'docker',
  version: '28.2.2',
  apiVersion: '1.50',
  cgroupVersion: 2,
  rootless: true,
  local: true,
  memoryBytes: 16e9,
  cores: 4,
  kernel: '6.12',
  cannotLimit: [],
  foundBy: '/var/run/docker.sock',
} as const;

const IMAGE = {
  kind: 'image',
  endpoint: { kind: 'socket', path: '/var/run/docker.sock' },
  image: 'sha256:1',
  name: 'shop-tests',
  limits: {},
  python: { executable: '/usr/bin/python3', version: '3.13.0' },
} as const;

function described(subject: ProjectSubject['subject'], why = 'it is so'): string {
  const engine = { facts: FACTS, endpoint: IMAGE.endpoint } as unknown as ContainerEngine;
  return describeSubject({ subject, why, engineSearch: { engine }, composeFiles: [] });
}

it('an image with its service, its limits and the engine', () => {
  expect(
    described({
      ...IMAGE,
      service: 'tests',
      declaredAt: { path: 'compose.yaml', line: 4, column: 3 },
      limits: {
        memoryBytes: 512 * 2 ** 20,
        memorySwapBytes: 512 * 2 ** 20,
        cpus: 1,
        pids: 256,
        ulimits: [{ name: 'nofile', soft: 1024, hard: 4096 }],
      },
    }),
  ).toBe(
    'image shop-tests (service tests, compose.yaml:4), 512 MiB without swap, 1 CPU, 256 processes, 1024 open files, on Docker 28.2.2 (rootless), cgroup v2',
  );
});

it('says what is not limited, and that there is no Python', () => {
  const { python: _, ...withoutPython } = IMAGE;
  expect(described(withoutPython)).toBe(
    'image shop-tests, no memory limit, all CPUs, on Docker 28.2.2 (rootless), cgroup v2, without Python',
  );
  expect(described({ ...IMAGE, limits: { memoryBytes: 1.5 * 2 ** 30, cpus: 0.5 } })).toContain(
    '1.5 GiB, 0.5 CPUs,',
  );
});

it('the host, with the reason', () => {
  expect(described({ kind: 'host' }, 'no container engine answers')).toBe(
    'host: no container engine answers',
  );
});
