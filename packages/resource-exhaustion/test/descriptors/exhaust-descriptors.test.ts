import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exhaustDescriptors } from '../../src/descriptors/exhaust-descriptors.ts';
import { openTestSandbox, type OpenedSandbox } from '../sandboxes.ts';

const { signal } = new AbortController();
const BLIND = { openFile: false, spawn: false, importModule: false };
const WELL = { answered: true, reservedRead: true, openFile: true, spawn: true, importModule: true };

describe.each([
  { where: 'cgroup', keeper: 'python' },
  { where: 'tiny', keeper: 'native' },
] as const)('in $where with the $keeper keeper', ({ where, keeper }) => {
  let opened: OpenedSandbox;
  beforeAll(async () => {
    opened = await openTestSandbox({ where, keeper });
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  test('the kernel refuses at exactly the limit, what is in reserve works, and all comes back', async () => {
    const run = await exhaustDescriptors(opened.sandbox, { share: 'untilFull', signal });
    expect(run).toMatchObject({
      outcome: 'refused',
      error: 'EMFILE',
      limit: 256,
      exact: true,
      notReturned: 0,
    });
    expect(run).toMatchObject({ opened: 256 - run.base, openAtHeight: 256, gaugeAtHeight: 256 });
    expect(run.atHeight).toMatchObject({ answered: true, reservedRead: true, ...BLIND });
    expect(run.afterwards).toMatchObject(WELL);
  });

  test('a share is held, and everything else goes on', async () => {
    const run = await exhaustDescriptors(opened.sandbox, { share: 0.5, signal });
    expect(run).toMatchObject({ outcome: 'held', exact: true, openAtHeight: 128 });
    expect(run.atHeight).toMatchObject(WELL);
  });

  test('without a reserve nothing can be read at the height', async () => {
    const run = await exhaustDescriptors(opened.sandbox, { share: 'untilFull', signal, fault: 'no-reserve' });
    expect(run.atHeight).toMatchObject({ answered: true, reservedRead: false, ...BLIND });
    expect(run).toMatchObject({ exact: true, notReturned: 0, afterwards: WELL });
  });

  test('what is not given back is counted', async () => {
    const run = await exhaustDescriptors(opened.sandbox, { share: 'untilFull', signal, keepEvery: 100 });
    expect(run.notReturned).toBe(3);
  });
});

test('what nobody can count is not called given back', async () => {
  await using opened = await openTestSandbox();
  const { sandbox } = opened;
  const { inside } = sandbox.keeper;
  const processes = async () =>
    (await inside.processes()).map(({ descriptors: _hidden, ...others }) => others);
  const read = async () => {
    const { descriptors: _hidden, ...others } = await sandbox.gauge.read();
    return others;
  };
  const blind = {
    ...sandbox,
    gauge: { ...sandbox.gauge, read },
    keeper: { ...sandbox.keeper, inside: { ...inside, processes } },
  };
  const run = await exhaustDescriptors(blind, { share: 0.5, signal });
  expect(run).toMatchObject({ outcome: 'held', exact: true, curve: [] });
  for (const name of ['notReturned', 'openAfterwards', 'openAtHeight', 'gaugeAtHeight'])
    expect(run).not.toHaveProperty(name);
});

test('where there is no limit of ours it stops at twice as many, which is not exact', async () => {
  await using opened = await openTestSandbox({ without: ['descriptors'] });
  const run = await exhaustDescriptors(opened.sandbox, { share: 'untilFull', signal });
  expect(run).toMatchObject({ outcome: 'held', opened: 512, exact: false });
  for (const share of [0, 1.5, Number.NaN]) {
    await expect(exhaustDescriptors(opened.sandbox, { share, signal })).rejects.toMatchObject({
      name: 'UsageError',
    });
  }
});
