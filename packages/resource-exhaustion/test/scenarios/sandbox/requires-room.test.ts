import { expect, it } from 'vitest';
import type { SandboxLimits } from '../../../src/model/sandbox.ts';
import { requiresRoom } from '../../../src/scenarios/sandbox/requires-room.ts';
import { MIB } from '../observed.ts';

const LEAST = { memoryBytes: 64 * MIB, cpus: 0.05, pids: 32, descriptors: 64, diskBytes: MIB };

const plan = (request: SandboxLimits, keepFreeBytes: number | null = null) => ({ request, keepFreeBytes });

it('misses nothing where limits and the machine have room', () => {
  expect(requiresRoom(plan(LEAST))).toBeUndefined();
});

it.each([
  ['memoryBytes', 64 * MIB - 1, '`mem_limit` to 64 MiB'],
  ['cpus', 0.04, '`cpus` to 0.05'],
  ['pids', 31, '`pids_limit` to 32'],
  ['descriptors', 63, 'nofile'],
  ['diskBytes', 4096, 'exhaustion.disk'],
] as const)('says which declared limit is too small: %s', (name, value, how) => {
  expect(requiresRoom(plan({ ...LEAST, [name]: value }))?.how).toContain(how);
});

it('leaves the machine its memory', () => {
  expect(requiresRoom(plan({ ...LEAST, memoryBytes: 2 ** 50 }))?.what).toContain('memory for a sandbox');
});

it('and more of it where its user wants', () => {
  expect(requiresRoom(plan(LEAST, 2 ** 50))?.what).toMatch(/^free memory: .* stay free$/);
  expect(requiresRoom(plan(LEAST, 1))).toBeUndefined();
});
