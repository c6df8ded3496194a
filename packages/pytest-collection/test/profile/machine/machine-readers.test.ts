import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDescriptorLimit } from '../../../src/profile/machine/descriptor-limit.ts';
import { parseElf, readElf } from '../../../src/profile/machine/elf-facts.ts';
import { readInitProcess } from '../../../src/profile/machine/init-process.ts';
import { readMountOf } from '../../../src/profile/machine/mounts.ts';
import { emulationOf } from '../../../src/profile/machine/processor.ts';
import { readSharedMemory } from '../../../src/profile/machine/shared-memory.ts';
import { measureSpawn } from '../../../src/profile/machine/spawn-cost.ts';
import { measureStat } from '../../../src/profile/machine/stat-cost.ts';
import { readMachineFacts } from '../../../src/profile/machine-facts.ts';
import { PYTHON } from '../../interpreters/python.ts';
import { temporaryFolder } from '../../trees/temporary-folder.ts';
import { recordedProc } from './recorded-proc.ts';

test('limits of open files, as Docker sets them and as systemd does', () => {
  const of = (line: string) =>
    readDescriptorLimit(
      recordedProc({
        'self/limits': `Limit                     Soft Limit           Hard Limit           Units\n${line}\n`,
      }),
    );
  expect(of('Max open files            1048576              1048576              files     ')).toEqual({
    soft: 1048576,
    hard: 1048576,
  });
  expect(of('Max open files            1024                 unlimited            files     ')).toEqual({
    soft: 1024,
    hard: Infinity,
  });
  expect(
    of('Max stack size            8388608              unlimited            bytes     '),
  ).toBeUndefined();
  expect(readDescriptorLimit('/nowhere')).toBeUndefined();
});

describe('process 1', () => {
  const status = (parent: number, caught = '0') =>
    `Name:\tx\nPPid:\t${parent}\nSigCgt:\t${caught.padStart(16, '0')}\n`;

  test('that runs the tests: what it catches', () => {
    const proc = recordedProc({
      '1/cmdline': 'python\0-m\0pytest\0',
      '1/status': status(0, '2'),
      '40/status': status(1),
      'self/status': status(40),
    });
    expect(readInitProcess(proc)).toEqual({
      command: 'python -m pytest',
      handlesTerm: false,
      handlesInterrupt: true,
    });
  });

  test('that catches SIGTERM', () => {
    const proc = recordedProc({
      '1/cmdline': 'tini\0',
      '1/status': status(0, '4002'),
      'self/status': status(1),
    });
    expect(readInitProcess(proc)).toMatchObject({ handlesTerm: true, handlesInterrupt: true });
  });

  test('is not asked about when we came in from outside, as by docker exec', () => {
    const proc = recordedProc({
      '1/cmdline': 'sleep\0infinity\0',
      '1/status': status(0),
      'self/status': status(0),
    });
    expect(readInitProcess(proc)).toBeUndefined();
  });
});

describe('mounts', () => {
  const mountinfo = [
    '600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/l',
    '601 600 0:60 / /proc rw - proc proc rw',
    '602 600 0:70 / /app rw - virtiofs share rw',
    '603 602 8:1 /x /app/with\\040space rw - ext4 /dev/sda1 rw',
  ].join('\n');

  test.each([
    ['/app/tests', 'virtiofs', '/app'],
    ['/app', 'virtiofs', '/app'],
    ['/application', 'overlay', '/'],
    ['/app/with space/tests', 'ext4', '/app/with space'],
  ])('%s lies on %s', (folder, type, point) => {
    expect(readMountOf(recordedProc({ 'self/mountinfo': mountinfo }), folder)).toMatchObject({ type, point });
  });

  test('of two at one place the later one counts', () => {
    const twice = `${mountinfo}\n604 600 0:71 / /app rw - 9p host rw\n`;
    expect(readMountOf(recordedProc({ 'self/mountinfo': twice }), '/app')?.type).toBe('9p');
  });
});

describe('programs and processors', () => {
  /** The header of a 64-bit little-endian program with one segment that names its loader. */
  function elf(machine: number, loader: string): Buffer {
    const bytes = Buffer.alloc(4096);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    bytes.writeUInt16LE(machine, 18);
    bytes.writeBigUInt64LE(64n, 32);
    bytes.writeUInt16LE(56, 54);
    bytes.writeUInt16LE(1, 56);
    bytes.writeUInt32LE(3, 64);
    bytes.writeBigUInt64LE(1000n, 72);
    bytes.write(`${loader}\0`, 1000, 'latin1');
    return bytes;
  }

  test('what a program was built for', () => {
    expect(parseElf(elf(62, '/lib/ld-musl-x86_64.so.1'))).toEqual({ machine: 'x86_64', libc: 'musl' });
    expect(parseElf(elf(183, '/lib/ld-linux-aarch64.so.1'))).toEqual({ machine: 'aarch64', libc: 'glibc' });
    expect(parseElf(Buffer.from('#!/bin/sh\n'.padEnd(100)))).toBeUndefined();
    expect(parseElf(elf(62, '').subarray(0, 60))).toBeUndefined();
  });

  test('of a real interpreter as the kernel names it', () => {
    const machine = execFileSync('uname', ['-m'], { encoding: 'utf8' }).trim();
    expect(readElf(PYTHON)?.machine).toBe(machine);
    expect(readElf('/nowhere')).toBeUndefined();
  });

  const AMD = 'processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\n';
  const ARM = 'processor\t: 0\nCPU implementer\t: 0x61\n';

  test.each([
    ['native', AMD, 'x86_64', 'x86_64', undefined],
    ['32 bits of the same family', AMD, 'x86_64', 'i686', undefined],
    ['no ELF file', AMD, 'x86_64', undefined, undefined],
    ['an x86 interpreter on an ARM kernel', ARM, 'aarch64', 'x86_64', 'built for x86_64'],
    ['an emulator that lies about uname', ARM, 'x86_64', 'x86_64', 'shows an ARM processor'],
    ['Rosetta', 'vendor_id\t: VirtualApple\n', 'x86_64', 'x86_64', 'Rosetta'],
    ['qemu in full', 'model name\t: QEMU TCG CPU version 2.5+\n', 'x86_64', 'x86_64', 'QEMU'],
  ])('%s', (_, cpuinfo, machine, program, expected) => {
    const found = emulationOf({ cpuinfo, machine, program });
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(expected);
  });
});

describe('this machine', () => {
  test('shared memory, and what is not there', () => {
    const kilobytes = execFileSync('df', ['-k', '--output=size', '/dev/shm'], { encoding: 'utf8' }).split(
      '\n',
    )[1];
    expect(readSharedMemory('/dev/shm')).toBe(Number(kilobytes) * 1024);
    expect(readSharedMemory('/nowhere')).toBeUndefined();
  });

  test('looking at files, and too few of them', () => {
    expect(measureStat(Array.from({ length: 10 }, () => PYTHON))).toBeGreaterThan(0);
    expect(measureStat([PYTHON])).toBeUndefined();
    expect(measureStat(Array.from({ length: 10 }, () => '/nowhere'))).toBeUndefined();
  });

  test('starting a program', async () => {
    expect(await measureSpawn(PYTHON)).toBeTypeOf('number');
    expect(await measureSpawn('/nowhere')).toBeUndefined();
    await using folder = await temporaryFolder();
    const says = async (text: string) => {
      const program = join(folder.path, 'python');
      writeFileSync(program, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      return await measureSpawn(program);
    };
    expect(await says('echo 12.5')).toBe(12.5);
    expect(await says('echo what')).toBeUndefined();
    expect(await says('echo 12.5; exit 1')).toBeUndefined();
  });

  test('its limits are those of the tightest control group around', async () => {
    const proc = recordedProc({
      'self/cgroup': '0::/ci/job\n',
      'self/mountinfo': '30 20 0:26 / {root}/cgroup rw - cgroup2 cgroup2 rw\n',
      'cgroup/ci/memory.max': '536870912\n',
      'cgroup/ci/cpu.max': '150000 100000\n',
      'cgroup/ci/job/memory.max': 'max\n',
      'cgroup/ci/job/cpu.max': '400000 100000\n',
    });
    const place = { root: import.meta.dirname, python: PYTHON, files: [], roots: { proc, shm: '/dev/shm' } };
    const { cpus, memory } = await readMachineFacts(place);
    expect(cpus.quota).toBe(1.5);
    expect(memory.limitBytes).toBe(536870912);
  });

  test('all of it', async () => {
    const facts = await readMachineFacts({ root: import.meta.dirname, python: PYTHON, files: [] });
    expect(facts.cpus.visible).toBeGreaterThan(0);
    expect(facts.descriptors?.soft).toBe(
      Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })),
    );
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).toContain(facts.mount?.type);
    expect(facts).not.toHaveProperty('emulation');
  });
});
