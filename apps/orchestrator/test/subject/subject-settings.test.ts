import { expect, it } from 'vitest';
import { checkConfiguration } from '../../src/configuration/check-configuration.ts';
import { subjectSettings } from '../../src/subject/subject-settings.ts';

const place = (path: readonly string[]): string => `seaworthy.config.ts:${String(path.length)}`;

it('takes sizes as Docker has them, and the command line over the file', () => {
  const values = checkConfiguration(
    {
      project: {
        image: 'shop-tests',
        service: 'tests',
        subject: 'host',
        imagePython: '/venv/bin/python',
        limits: {
          memory: '512m',
          memorySwap: '1g',
          cpus: 0.5,
          pids: 99,
          descriptors: 256,
          shm: '1m',
          tmpfs: { '/tmp': '64m' },
          readOnly: true,
          init: true,
        },
      },
    },
    place,
  );
  expect(subjectSettings({ values, place }, 'image')).toEqual({
    subject: 'image',
    image: 'shop-tests',
    service: 'tests',
    python: '/venv/bin/python',
    limits: {
      memoryBytes: 512 * 2 ** 20,
      memorySwapBytes: 2 ** 30,
      cpus: 0.5,
      pids: 99,
      ulimits: [{ name: 'nofile', soft: 256, hard: 256 }],
      shmBytes: 2 ** 20,
      tmpfs: [{ path: '/tmp', bytes: 64 * 2 ** 20 }],
      readOnlyRoot: true,
      init: true,
    },
  });
  expect(subjectSettings({ values, place }, undefined).subject).toBe('host');
  expect(subjectSettings({ values: {}, place }, undefined)).toEqual({});
});

it.each([
  [{ project: { limits: { memory: 'much' } } }, 'project.limits.memory: Invalid size'],
  [{ project: { limits: { cpus: 0 } } }, 'project.limits.cpus'],
  [{ project: { limits: { pids: -1 } } }, 'project.limits.pids'],
  [{ project: { limits: { tmpfs: { tmp: '1m' } } } }, 'project.limits.tmpfs'],
  [{ project: { limits: { memry: '1m' } } }, 'unknown key "project.limits.memry". Did you mean "memory"?'],
  [{ project: { servce: 'x' } }, 'unknown key "project.servce". Did you mean "service"?'],
  [{ project: { subject: 'stack' } }, 'project.subject'],
  [{ exhaustion: { disk: 1 } }, 'exhaustion.disk'],
  [{ exhaustion: { tier: 'strong' } }, 'exhaustion.tier'],
])('%j is a mistake that names its place', (value, message) => {
  expect(() => checkConfiguration(value, place)).toThrow(message);
});

it('a size of 0 is none', () => {
  const values = { project: { limits: { memory: '0' } } };
  expect(() => subjectSettings({ values, place }, undefined)).toThrow(
    'seaworthy.config.ts:3: project.limits.memory takes a size above 0',
  );
});
