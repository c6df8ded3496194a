import { describe, expect, it } from 'vitest';
import { contentionIndex, sampleContention } from '../../src/compare/contention.ts';

/** Files of `/proc` as a machine has them. */
const machine = (files: Readonly<Record<string, string>>, atMs = 0) =>
  sampleContention((path) => files[path], atMs);

const pressure = (us: number) => ({
  '/proc/pressure/cpu': `some avg10=1.53 avg60=1.87 avg300=2.00 total=${us}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`,
});
const stat = (...ticks: number[]) => ({
  '/proc/stat': `cpu  ${ticks.join(' ')}\ncpu0 1 2 3 4 5 6 7 8 9 10\n`,
});

describe('sampleContention', () => {
  it('reads what the kernel tells', () => {
    const files = {
      ...pressure(12345),
      ...stat(100, 0, 50, 800, 10, 0, 0, 40, 7, 7),
      '/proc/loadavg': '2.50 1.00 0.50 3/400 1234\n',
    };
    expect(machine(files, 7)).toEqual({
      atMs: 7,
      waitedUs: 12345,
      ticks: { all: 1000, stolen: 40 },
      load: 2.5,
    });
  });

  it('leaves out what a system does not have', () => {
    expect(machine({}, 3)).toEqual({ atMs: 3 });
  });

  it('reads this machine', () => {
    expect(sampleContention().atMs).toBeGreaterThan(0);
  });
});

describe('contentionIndex', () => {
  it.each([
    [0, 0, 'quiet'],
    [99_000, 0.099, 'quiet'],
    [100_000, 0.1, 'some'],
    [400_000, 0.4, 'heavy'],
    [2_000_000, 1, 'heavy'],
  ])('is the share of a second in which tasks waited for %i us', (us, index, level) => {
    const contention = contentionIndex(machine(pressure(500), 0), machine(pressure(500 + us), 1000));
    expect(contention.index).toBeCloseTo(index, 10);
    expect(contention.level).toBe(level);
  });

  it('counts what a hypervisor stole', () => {
    const before = machine({ ...pressure(0), ...stat(0, 0, 0, 0, 0, 0, 0, 0) }, 0);
    const after = machine({ ...pressure(0), ...stat(60, 0, 0, 10, 0, 0, 0, 30) }, 1000);
    expect(contentionIndex(before, after)).toMatchObject({ index: 0.3, stolen: 0.3, level: 'some' });
  });

  it.each([
    [2, 0],
    [4, 0.5],
    [0, 0],
  ])('reads a load of %d on 2 cores where there is nothing better', (load, index) => {
    const sample = { '/proc/loadavg': `${load.toFixed(2)} 0.00 0.00 1/2 3\n` };
    expect(contentionIndex(machine(sample), machine(sample, 1000), [], 2).index).toBe(index);
  });

  it('tells wall against CPU time, which may also be a program that sleeps', () => {
    const runs = [
      { wallMs: 100, cpuMs: 50 },
      { wallMs: 300, cpuMs: 100 },
      { wallMs: 400, cpuMs: 100 },
    ];
    const contention = contentionIndex(machine(pressure(0)), machine(pressure(0), 1000), runs);
    expect(contention).toMatchObject({ index: 0, wallPerCpu: 3 });
  });
});
