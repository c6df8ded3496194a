import { readFileSync } from 'node:fs';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import type { Cgroup } from '../../src/index.ts';
import { pidsToTakeAlong, placesWithin } from '../../src/make/place.ts';
import { writeFiles } from '../recorded/written-files.ts';

const PASSED_ON = { 'cgroup.subtree_control': 'cpu memory\n' };

function version2(folder: string, top: string): Cgroup {
  return { version: 2, folders: { memory: folder, cpu: folder }, tops: { memory: top, cpu: top } };
}

test('version 2: below our own where it passes on the memory controller', async () => {
  await using workspace = await openWorkspace();
  const top = workspace.folder;
  const own = `${top}/own`;
  writeFiles(own, { ...PASSED_ON, 'cgroup.procs': '1\n' });
  expect(placesWithin(version2(own, top))).toEqual({ memory: own, cpu: own });
});

test('version 2: beside our own where that holds processes, but never out of a limit', async () => {
  await using workspace = await openWorkspace();
  const top = workspace.folder;
  const own = `${top}/own`;
  writeFiles(top, PASSED_ON);
  writeFiles(own, { 'cgroup.subtree_control': '\n', 'cgroup.procs': '1\n', 'memory.max': 'max\n' });
  expect(placesWithin(version2(own, top)).memory).toBe(top);
  for (const limit of [{ 'memory.max': '500\n' }, { 'memory.max': 'max\n', 'cpu.max': '50000 100000\n' }]) {
    writeFiles(own, limit);
    expect(placesWithin(version2(own, top)).memory).not.toBe(top);
  }
});

test('version 2: the limit of processes that a service manager gives to every unit goes along', async () => {
  await using workspace = await openWorkspace();
  const top = workspace.folder;
  const own = version2(`${top}/own`, top);
  writeFiles(top, PASSED_ON);
  const limits = { 'memory.max': 'max\n', 'cpu.max': 'max 100000\n', 'pids.max': '2939\n' };
  writeFiles(`${top}/own`, { 'cgroup.subtree_control': '\n', 'cgroup.procs': '1\n', ...limits });
  const withPids = { ...own, folders: { ...own.folders, pids: `${top}/own` } };
  expect(placesWithin(withPids)).toEqual({ memory: top, cpu: top, pids: top });
  expect(pidsToTakeAlong(withPids, top)).toBe(2939);
  expect(pidsToTakeAlong(withPids, `${top}/own`)).toBeUndefined();
});

test('version 2: where the memory controller cannot be passed on, no other one is', async () => {
  await using workspace = await openWorkspace();
  const top = workspace.folder;
  for (const [name, members] of [
    ['own', ''],
    ['busy', '1\n'],
  ] as const) {
    writeFiles(`${top}/${name}`, { 'cgroup.subtree_control': '\n', 'cgroup.procs': members });
    // A plain file keeps what is written to it, where the kernel's would answer `memory`: so it was not taken.
    expect(placesWithin(version2(`${top}/${name}`, top))).toEqual({});
    expect(readFileSync(`${top}/${name}/cgroup.subtree_control`, 'utf8')).toBe('+memory');
  }
});

test('version 1: in each hierarchy of its own; without memory there is none', async () => {
  await using workspace = await openWorkspace();
  const memory = await workspace.makeFolder('memory');
  const nowhere = '/proc/no/such/cgroup';
  const cgroup = (folders: Cgroup['folders']): Cgroup => ({ version: 1, folders, tops: folders });
  expect(placesWithin(cgroup({ memory, cpu: nowhere }))).toEqual({ memory });
  expect(placesWithin(cgroup({ memory: nowhere, cpu: memory }))).toEqual({});
});
