import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { allKeepers, fewKeepers, isAlive, startKeeper, twoKeepers, until } from './start-keeper.ts';

const MB = 1e6;

function makeFolder(): string {
  // Spaces, quotes and more than ASCII: paths travel as words of a line.
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy keeper é%"-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
}

test.each(allKeepers())('$name keeps a victim', async (underTest) => {
  await using started = await startKeeper(underTest);
  const victim = await started.keeper.startVictim();
  expect((await victim.memory(5 * MB)).outcome).toBe('done');
  expect((await victim.exercise()).figures['importModule']).toBe(1);
  expect(await victim.end()).toMatchObject({ code: 0 });
});

describe.each(fewKeepers())('$name', (underTest) => {
  test('holds exactly as much memory as it was told, grows and shrinks', async () => {
    await using started = await startKeeper(underTest);
    const victim = await started.keeper.startVictim();
    await victim.memory(0);
    const before = residentBytes(victim.pid);
    for (const bytes of [30 * MB, 7 * MB, 20 * MB + 1]) {
      const { outcome, figures } = await victim.memory(bytes);
      expect(outcome).toBe('done');
      expect(figures['heldBytes']).toBe(Math.ceil(bytes / 4096) * 4096);
      expect(Math.abs(residentBytes(victim.pid) - before - bytes)).toBeLessThan(1 * MB);
    }
    await victim.release();
    expect(residentBytes(victim.pid) - before).toBeLessThan(1 * MB);
    await victim.memory(30 * MB, { reserveOnly: true });
    expect(residentBytes(victim.pid) - before).toBeLessThan(1 * MB);
  });

  test('answers with a full table of descriptors, tells what fails in it, and gives them back', async () => {
    await using started = await startKeeper(underTest, { descriptors: 128 });
    const victim = await started.keeper.startVictim();
    const { figures: before } = await victim.descriptors(0);
    expect(started.keeper.facts.descriptors).toBe(128);
    const full = await victim.descriptors('untilFull');
    expect(full).toMatchObject({ outcome: 'refused', error: 'EMFILE' });
    expect(full.figures['openDescriptors']).toBe(128 - before['base']!);
    const seen = (await started.keeper.inside.processes()).find((one) => one.victim === victim.id);
    expect(seen?.descriptors).toBe(128);
    const blind = { openFile: 0, spawn: 0, importModule: 0 };
    expect((await victim.exercise()).figures).toEqual({ reservedRead: 1, ...blind });
    await victim.descriptors('untilFull', { unreserved: true });
    expect((await victim.exercise()).figures).toEqual({ reservedRead: 0, ...blind });
    await victim.release();
    expect((await victim.exercise()).figures).toEqual({
      reservedRead: 1,
      openFile: 1,
      spawn: 1,
      importModule: 1,
    });
    expect((await victim.descriptors(10)).figures['openDescriptors']).toBe(10);
    expect((await victim.descriptors(0)).figures).toEqual(before);
  });

  test('writes real blocks, and a deleted file that is open is seen', async () => {
    await using started = await startKeeper(underTest);
    const { inside } = started.keeper;
    const victim = await started.keeper.startVictim();
    const folder = makeFolder();
    const [file, held] = [join(folder, 'file'), join(folder, 'held')];
    expect(await victim.disk(file, 3 * MB)).toEqual({ outcome: 'done', figures: { writtenBytes: 3 * MB } });
    expect(statSync(file).blocks * 512).toBeGreaterThanOrEqual(3 * MB);
    await victim.disk(file, 1 * MB);
    expect(statSync(file).size).toBe(1 * MB);
    expect(await inside.deletedButOpenBytes()).toBe(0);
    await victim.disk(held, 2 * MB, { keepOpen: true });
    expect(existsSync(held)).toBe(false);
    expect(await inside.deletedButOpenBytes()).toBeGreaterThanOrEqual(2 * MB);
    writeFileSync(held, 'of somebody else');
    await victim.disk(held, 2 * MB, { keepOpen: true });
    await victim.release();
    expect(readFileSync(held, 'utf8')).toBe('of somebody else');
    expect(existsSync(file)).toBe(false);
    expect(await inside.deletedButOpenBytes()).toBe(0);
    await victim.disk(file, 5 * MB, { preallocate: true });
    expect(statSync(file).size).toBe(5 * MB);
    expect(statSync(file).blocks).toBe(0);
    await victim.release();
    expect(await victim.disk(join(folder, 'nowhere', 'file'), 1)).toMatchObject({
      outcome: 'refused',
      error: 'ENOENT',
    });
  });

  test('plants, hashes and removes a file', async () => {
    await using started = await startKeeper(underTest);
    const { inside } = started.keeper;
    const path = join(makeFolder(), 'old');
    const hash = await inside.plantFile(path, 100_001);
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(hash);
    expect(await inside.hashFile(path)).toBe(hash);
    expect(await inside.plantFile(path, 55)).not.toBe(hash);
    expect(statSync(path).size).toBe(55);
    await inside.removeFile(path);
    await inside.removeFile(path);
    await expect(inside.hashFile(path)).rejects.toMatchObject({ name: 'KeeperRefused', code: 'ENOENT' });
    const { sizeBytes, freeBytes } = await inside.disk(tmpdir());
    expect(sizeBytes).toBeGreaterThan(freeBytes);
  });

  test('churns reproducibly, and keeps what it is told to pin', async () => {
    await using started = await startKeeper(underTest);
    const victim = await started.keeper.startVictim();
    const options = { bytes: 16 * MB, smallest: 1024, largest: 262_144, cycles: 3, trim: true, seed: 5 };
    const first = await victim.churn(options);
    const again = await victim.churn(options);
    expect(first.outcome).toBe('done');
    expect(first.figures).toMatchObject({ cycles: 3, pinnedBytes: 0, pinnedBlocks: 0, trimmed: 1 });
    expect(again.figures['allocations']).toBe(first.figures['allocations']);
    expect(first.figures['rssPeakHighest']! - first.figures['rssBefore']!).toBeGreaterThan(12 * MB);
    expect(first.figures['rssTrimmed']).toBeLessThan(first.figures['rssBefore']! + 4 * MB);
    const pinned = await victim.churn({ ...options, pinEvery: 100 });
    expect(pinned.figures['pinnedBlocks']).toBeGreaterThan(100);
  });

  test('tells how a victim went: in order, by a signal, and while it answers', async () => {
    await using started = await startKeeper(underTest);
    const [orderly, killed, busy] = [
      await started.keeper.startVictim(),
      await started.keeper.startVictim(),
      await started.keeper.startVictim(),
    ];
    expect(await orderly.end()).toMatchObject({ code: 0, signal: null });
    expect(await orderly.memory(1)).toEqual({ outcome: 'died', figures: {} });
    await killed.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
    const answer = busy.memory(150 * MB);
    await busy.kill('SIGSEGV');
    expect((await answer).outcome).toMatch(/died|done/);
    expect(await busy.ended).toMatchObject({ signal: 'SIGSEGV' });
    expect((await started.keeper.inside.processes()).length).toBe(1);
    expect(await started.keeper.inside.ping()).toBeGreaterThan(0);
  });

  test.each(['end of input', 'SIGTERM', 'deadline', 'SIGKILL'])('leaves nobody behind: %s', async (how) => {
    await using started = await startKeeper(underTest, how === 'deadline' ? { deadlineMs: 400 } : {});
    const victims = [await started.keeper.startVictim(), await started.keeper.startVictim()];
    if (how === 'end of input') started.keeper.hangUp();
    else if (how !== 'deadline') started.child.kill(how as NodeJS.Signals);
    const expected = { deadline: { code: 124 }, SIGKILL: { signal: 'SIGKILL' } }[how] ?? { code: 0 };
    expect(await started.keeper.ended).toMatchObject(expected);
    await Promise.all(victims.map(({ ended }) => ended));
    await until(() => victims.every(({ pid }) => !isAlive(pid)));
    expect((await victims[0]!.memory(1)).outcome).toBe('died');
    await expect(started.keeper.startVictim()).rejects.toMatchObject({ name: 'KeeperGone' });
    await expect(started.keeper.inside.ping()).rejects.toMatchObject({ name: 'KeeperGone' });
  });

  test('sees its own cgroup where there is one', async () => {
    await using started = await startKeeper(underTest);
    const { version, texts } = await started.keeper.inside.cgroupTexts();
    expect(version).toBe(started.keeper.facts.cgroupVersion);
    expect(Object.keys(texts).length > 0).toBe(version > 0);
    const usage = texts['memory.usage_in_bytes'] ?? texts['memory.current'];
    if (version > 0) expect(Number(usage)).toBeGreaterThan(0);
  });

  test.each([
    [1, { 'memory.oom_control': 'under_oom 0\noom_kill 3\n', 'memory.max_usage_in_bytes': '4096\n' }],
    [2, { 'cgroup.controllers': '', 'memory.events': 'oom 1\noom_kill 3\n', 'memory.peak': '4096\n' }],
  ])('takes a folder of version %i for what it is', async (version, files) => {
    const folder = makeFolder();
    // Files of these names are in both versions.
    const texts = {
      'memory.stat': 'anon 1\n',
      'cpu.stat': 'nr_periods 0\n',
      'pids.current': '1\n',
      ...files,
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    await using started = await startKeeper(underTest, { cgroupFolders: [folder] });
    expect(started.keeper.facts.cgroupVersion).toBe(version);
    const { 'cgroup.controllers': _marker, ...shown } = texts as Record<string, string>;
    expect((await started.keeper.inside.cgroupTexts()).texts).toEqual(shown);
    const ending = await (await started.keeper.startVictim()).end();
    expect(ending).toMatchObject({ code: 0, killsBefore: 3, killsAfter: 3, peakBytes: 4096 });
  });

  test('that cannot start a further victim says so, loses nothing by it, and goes on', async () => {
    await using started = await startKeeper(underTest, { descriptors: 40 });
    const { keeper } = started;
    const refused = {
      name: 'KeeperRefused',
      code: 'EMFILE',
      message: expect.stringContaining('start') as string,
    };
    const first = await keeper.startVictim();
    let problem: unknown;
    while (problem === undefined) await keeper.startVictim().catch((error: unknown) => (problem = error));
    expect(problem).toMatchObject(refused);
    const open = (): number => readdirSync(`/proc/${keeper.facts.pid}/fd`).length;
    const before = open();
    await expect(keeper.startVictim()).rejects.toMatchObject(refused);
    expect(open()).toBe(before);
    await first.end();
    expect((await (await keeper.startVictim()).memory(4096)).outcome).toBe('done');
  });

  test('answers a line that it does not understand, and goes on', async () => {
    await using started = await startKeeper(underTest);
    const { child, keeper } = started;
    child.stdin!.write('nonsense\n\n77 nothing such\n78 to\n79 to 5 memory 1\n');
    expect(await keeper.inside.ping()).toBeGreaterThan(0);
    const victim = await keeper.startVictim();
    expect((await victim.memory(4096)).outcome).toBe('done');
  });
});

describe.each(twoKeepers())('$name, with patience', (underTest) => {
  test('keeps busy what it was told, by its own CPU time', async () => {
    await using started = await startKeeper(underTest);
    const victim = await started.keeper.startVictim();
    const usedMs = (): number =>
      Number(readFileSync(`/proc/${victim.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
    await victim.memory(0);
    const [start, before] = [performance.now(), usedMs()];
    await victim.cpu(0.3);
    await until(() => usedMs() - before > 200);
    const { figures } = await victim.cpu(0);
    const [used, elapsed] = [usedMs() - before, performance.now() - start];
    // Never more than was due, by two periods and what it takes to hear commands; less where the machine is busy.
    expect(used).toBeLessThan(0.3 * (elapsed + 100) + 20);
    expect(Math.abs(figures['cpuMs']! - usedMs())).toBeLessThan(20);
    await victim.memory(0);
    const quiet = usedMs();
    await victim.memory(0);
    expect(usedMs() - quiet).toBeLessThan(10);
  });

  test('kills a victim that does not end by itself', async () => {
    await using started = await startKeeper(underTest);
    const victim = await started.keeper.startVictim();
    await victim.kill('SIGSTOP');
    const ending = victim.end();
    expect(await ending).toMatchObject({ signal: 'SIGKILL' });
  });
});
