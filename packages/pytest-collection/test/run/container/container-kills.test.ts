import { expect, test } from 'vitest';
import { attributeContainerKills } from '../../../src/run/container/container-kills.ts';

const NONE = { own: 0, ancestors: 0, host: 0 };
const QUIET = { events: [], oomKilled: false };
const OOM = { events: [{ action: 'oom', at: 0n, attributes: {} }], oomKilled: true };
const LIMIT = { limitBytes: 100, seen: false };

test('nobody was killed', () => {
  expect(attributeContainerKills(NONE, QUIET, LIMIT)).toEqual(NONE);
});

test('what the kernel counted stands, whatever the engine says', () => {
  const counted = { ...NONE, own: 2, limitBytes: 100 };
  expect(attributeContainerKills(counted, OOM, LIMIT)).toEqual(counted);
  const around = { ...NONE, ancestors: 1, limitBytes: 90 };
  expect(attributeContainerKills(around, OOM, LIMIT)).toEqual(around);
});

test('counters that went with the container: the engine tells', () => {
  expect(attributeContainerKills(NONE, OOM, LIMIT)).toEqual({ ...NONE, own: 1, limitBytes: 100 });
});

test('the flag without an event, or a rise that was seen, is enough', () => {
  const flagged = { events: [], oomKilled: true };
  expect(attributeContainerKills(NONE, flagged, LIMIT).own).toBe(1);
  expect(attributeContainerKills(NONE, QUIET, { ...LIMIT, seen: true }).own).toBe(1);
});

test('a container without a limit: the machine', () => {
  expect(attributeContainerKills(NONE, OOM, { seen: false })).toEqual({ ...NONE, host: 1 });
});
