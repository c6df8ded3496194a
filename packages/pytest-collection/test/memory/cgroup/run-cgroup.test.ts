import { existsSync, readFileSync } from 'node:fs';
import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import { readCpuMs, readLimit, readPeak, readPids } from '../../../src/memory/cgroup/cgroup-figures.ts';
import { lowestLimit } from '../../../src/memory/cgroup/lowest-limit.ts';
import { placeForCgroup } from '../../../src/memory/cgroup/place-for-cgroup.ts';
import { findOwnCgroups, readCgroupTexts } from '../../../src/memory/cgroup/own-cgroups.ts';
import { makeRunCgroup } from '../../../src/memory/cgroup/run-cgroup.ts';
import { writeFiles } from './recorded-cgroups.ts';

const RECORDED_CPU = 'usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\nnr_periods 0\n';

describe('the figures of a cgroup of version 2', () => {
  test('are read, and a missing file is no figure', async () => {
    await using workspace = await openWorkspace();
    const { folder } = workspace;
    writeFiles(folder, {
      'memory.peak': '77594624\n',
      'memory.max': '536870912\n',
      'cpu.stat': RECORDED_CPU,
      'cgroup.procs': '12\n345\n',
    });
    expect(readPeak(folder, 2)).toBe(77594624);
    expect(readLimit(folder, 2)).toBe(536870912);
    expect(readCpuMs(folder, 2)).toBe(1234.567);
    expect(readPids(folder)).toEqual([12, 345]);
    expect(readPeak(folder, 1)).toBeUndefined();
    writeFiles(folder, { 'memory.max': 'max\n' });
    expect(readLimit(folder, 2)).toBeUndefined();
  });

  test('the lowest limit upwards is the one that counts', async () => {
    await using workspace = await openWorkspace();
    const top = workspace.folder;
    writeFiles(top, { 'a/memory.max': '300\n', 'a/b/memory.max': '500\n', 'a/b/c/memory.max': 'max\n' });
    expect(lowestLimit({ version: 2, path: `${top}/a/b/c`, top })).toBe(300);
    expect(lowestLimit({ version: 2, path: top, top })).toBeUndefined();
  });
});

describe('where a cgroup of version 2 can be made', () => {
  const controlled = { 'cgroup.subtree_control': 'cpu memory\n' };

  test('below our own where it passes on the memory controller', async () => {
    await using workspace = await openWorkspace();
    const top = workspace.folder;
    writeFiles(`${top}/own`, { ...controlled, 'cgroup.procs': '1\n' });
    expect(placeForCgroup({ version: 2, path: `${top}/own`, top })).toBe(`${top}/own`);
  });

  test('beside our own where that holds processes and does not', async () => {
    await using workspace = await openWorkspace();
    const top = workspace.folder;
    writeFiles(top, controlled);
    writeFiles(`${top}/own`, {
      'cgroup.subtree_control': '\n',
      'cgroup.procs': '1\n',
      'memory.max': 'max\n',
    });
    expect(placeForCgroup({ version: 2, path: `${top}/own`, top })).toBe(top);
    // Out of a limit that we are under no way leads.
    writeFiles(`${top}/own`, { 'memory.max': '500\n' });
    expect(placeForCgroup({ version: 2, path: `${top}/own`, top })).not.toBe(top);
  });

  test('below our own after the controller was passed on', async () => {
    await using workspace = await openWorkspace();
    const top = workspace.folder;
    writeFiles(`${top}/own`, { 'cgroup.subtree_control': '\n', 'cgroup.procs': '' });
    // A plain file keeps what is written to it, where the kernel's would answer `memory`.
    expect(placeForCgroup({ version: 2, path: `${top}/own`, top })).toBeUndefined();
    expect(readFileSync(`${top}/own/cgroup.subtree_control`, 'utf8')).toBe('+memory');
  });
});

test('a cgroup of a run bears its name, and is gone afterwards', async () => {
  await using workspace = await openWorkspace();
  const own = findOwnCgroups(readCgroupTexts());
  const cgroup = await makeRunCgroup(workspace, own, 64 * 1024 ** 2);
  if (cgroup === undefined)
    throw new Error('These tests need to be allowed to make a cgroup with the memory controller');
  expect(cgroup.memory.path).toContain(`/seaworthy-${workspace.runId}`);
  expect(cgroup.limit).toBe(64 * 1024 ** 2);
  expect(cgroup.pids()).toEqual([]);
  expect(cgroup.folders.every((folder) => existsSync(folder))).toBe(true);
  await cgroup[Symbol.asyncDispose]();
  expect(cgroup.folders.some((folder) => existsSync(folder))).toBe(false);
});
