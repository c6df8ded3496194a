import { describe, expect, it } from 'vitest';
import { configurationLimits } from '../../../src/scenarios/configuration/configuration-limits.ts';
import type {
  ConfigurationObservation,
  DeclaredService,
} from '../../../src/scenarios/configuration/configuration-observation.ts';
import { judgeConfiguration } from '../../../src/scenarios/configuration/judge-configuration.ts';
import { defaultsOf } from '../defaults-of.ts';
import {
  DATABASE,
  GIB,
  MIB,
  SERVICE,
  observed,
  placed,
  trial,
  withLimits,
  without,
} from './observed-configuration.ts';

const at = { path: 'compose.yaml', line: 9, column: 5 };

function judged(observation: ConfigurationObservation): readonly string[] {
  return judgeConfiguration(observation, defaultsOf(configurationLimits)).findings.map(
    ({ code, severity }) => `${code} ${severity}`,
  );
}

function judgedService(service: DeclaredService): readonly string[] {
  return judged(observed([service]));
}

it('finds nothing wrong with services that are limited', () => {
  expect(judged(observed([SERVICE, DATABASE], { containers: [trial()] }))).toEqual([]);
});

describe('memory', () => {
  it.each<[string, DeclaredService, readonly string[]]>([
    ['none', without(SERVICE, 'memory', 'memorySwap'), ['LIM050 error']],
    ['0', withLimits({ memory: placed(0) }), ['LIM050 error']],
    ['exactly the least', withLimits({ memory: placed(256 * MIB), memorySwap: placed(256 * MIB) }), []],
    [
      'one byte below the least',
      withLimits({ memory: placed(256 * MIB - 1), memorySwap: placed(256 * MIB - 1) }),
      ['LIM051 error'],
    ],
    ['512 bytes', withLimits({ memory: placed(512), memorySwap: placed(512), tmpfs: [] }), ['LIM051 error']],
    ['exactly the most', withLimits({ memory: placed(8 * GIB), memorySwap: placed(8 * GIB) }), []],
    [
      'one byte above the most',
      withLimits({ memory: placed(8 * GIB + 1), memorySwap: placed(8 * GIB + 1) }),
      ['LIM052 error'],
    ],
  ])('limit %s', (_, service, codes) => {
    expect(judgedService(service)).toEqual(codes);
  });

  it.each([
    [2 * GIB, []],
    [2 * GIB + 1, ['LIM052 error']],
  ])('a limit of %d on a machine with 3 GiB of which 1 GiB stays free', (bytes, codes) => {
    const service = withLimits({ memory: placed(bytes), memorySwap: placed(bytes) });
    const system = { ...observed([]).system, memoryBytes: 3 * GIB, floorBytes: GIB };
    expect(judged(observed([service], { system }))).toEqual(codes);
  });

  it.each<[string, DeclaredService, readonly string[]]>([
    ['without limit', withLimits({ memorySwap: placed(-1) }), ['LIM053 error']],
    ['not set', without(SERVICE, 'memorySwap'), ['LIM053 warning']],
    ['above the memory', withLimits({ memorySwap: placed(513 * MIB) }), ['LIM053 warning']],
    [
      'below the memory, which engines refuse',
      withLimits({ memorySwap: placed(512 * MIB - 1) }),
      ['LIM064 error'],
    ],
    ['without a memory limit', without(SERVICE, 'memory'), ['LIM050 error']],
  ])('swap %s', (_, service, codes) => {
    expect(judgedService(service)).toEqual(codes);
  });

  it('of a container that is never killed', () => {
    expect(judgedService(withLimits({ oomKillDisable: placed(true) }))).toEqual(['LIM054 error']);
    expect(judgedService(withLimits({ oomKillDisable: placed(false) }))).toEqual([]);
  });

  it.each<[string, DeclaredService['limits']['tmpfs'], number, readonly string[]]>([
    ['as large as the limit together', [{ path: '/a', bytes: 256 * MIB, at }], 256 * MIB, []],
    ['a byte larger', [{ path: '/a', bytes: 256 * MIB + 1, at }], 256 * MIB, ['LIM055 error']],
    ['of 64 GiB', [{ path: '/a', bytes: 64 * GIB, at }], MIB, ['LIM055 error']],
    ['without a size', [{ path: '/a', at }], MIB, ['LIM055 warning']],
  ])('places in memory %s', (_, tmpfs, shm, codes) => {
    expect(judgedService(withLimits({ tmpfs, shm: placed(shm) }))).toEqual(codes);
  });
});

describe('processes', () => {
  it.each<[string, DeclaredService, readonly string[]]>([
    ['no pids', without(SERVICE, 'pids'), ['LIM058 error']],
    ['pids of -1', withLimits({ pids: placed(-1) }), ['LIM058 error']],
    ['the least pids', withLimits({ pids: placed(32) }), []],
    ['one fewer', withLimits({ pids: placed(31) }), ['LIM067 error']],
    ['two pids', withLimits({ pids: placed(2) }), ['LIM067 error']],
    ['CPUs of 0', withLimits({ cpus: placed(0) }), ['LIM057 warning']],
    ['the most pids', withLimits({ pids: placed(32_768) }), []],
    ['one more', withLimits({ pids: placed(32_769) }), ['LIM058 error']],
    ['no CPUs', without(SERVICE, 'cpus'), ['LIM057 warning']],
    ['as many CPUs as there are', withLimits({ cpus: placed(4) }), []],
    ['more CPUs than there are', withLimits({ cpus: placed(4.01) }), ['LIM057 error']],
    ['no open files', withLimits({ ulimits: [] }), ['LIM059 warning']],
    [
      'the most open files',
      withLimits({ ulimits: [{ name: 'nofile', soft: 65_536, hard: 65_536, at }] }),
      [],
    ],
    [
      'a million open files',
      withLimits({ ulimits: [{ name: 'nofile', soft: 1_048_576, hard: 1_048_576, at }] }),
      ['LIM059 warning'],
    ],
    [
      'any number of open files',
      withLimits({ ulimits: [{ name: 'nofile', soft: -1, hard: -1, at }] }),
      ['LIM059 warning'],
    ],
  ])('%s', (_, service, codes) => {
    expect(judgedService(service)).toEqual(codes);
  });
});

it('the cause is what is written', () => {
  const cause = (service: DeclaredService): string | undefined =>
    judgeConfiguration(observed([service]), defaultsOf(configurationLimits)).findings[0]?.cause?.text;
  expect(cause(withLimits({ cpus: placed(0) }))).toBe('the limit is 0, which means none');
  expect(cause(without(SERVICE, 'cpus'))).toMatch(/^neither cpus nor /);
  expect(cause(withLimits({ memorySwap: placed(256 * MIB) }))).toBe(
    'memswap_limit counts memory and swap together, and is below the memory',
  );
});

it('what a place in memory is to be written as fits where it is written', () => {
  const fix = (place: DeclaredService['limits']['tmpfs'][number]): string | undefined =>
    judgeConfiguration(observed([withLimits({ tmpfs: [place] })]), defaultsOf(configurationLimits))
      .findings[0]?.fix?.text;
  expect(fix({ path: '/tmp', at })).toBe('write `/tmp:size=64m` in the place of `/tmp`');
  expect(fix({ path: '/tmp', isVolume: true, at })).toBe('write `tmpfs: {size: 64m}` into the volume');
});

it('sizes are in the units of what is measured beside them, with what the file has', () => {
  const service = withLimits({ memory: placed(64 * GIB), memorySwap: placed(64 * GIB) });
  const [finding] = judgeConfiguration(observed([service]), defaultsOf(configurationLimits)).findings;
  expect(finding?.message).toBe(
    'tests may take 68.7 GB (`64g`) of memory, and the most that protects is 8.59 GB (`8g`)',
  );
  expect(finding?.evidence).toEqual(['the machine has 17.2 GB, of which 1.72 GB must stay free']);
});

describe('life', () => {
  it.each<[string, DeclaredService, readonly string[]]>([
    ['tests that start again', { ...SERVICE, restart: placed({ policy: 'always' }) }, ['LIM060 warning']],
    ['tests without an init program', without(SERVICE, 'init'), ['LIM062 warning']],
    ['a database without one', without(DATABASE, 'init'), []],
    ['a database that stays down', { ...DATABASE, restart: placed({ policy: 'no' }) }, ['LIM060 warning']],
    ['a health check that is off', { ...DATABASE, healthCheck: { at, disabled: true } }, ['LIM061 warning']],
    ['one with the defaults', { ...DATABASE, healthCheck: { at, disabled: false } }, ['LIM061 warning']],
    [
      'one just fast enough',
      {
        ...DATABASE,
        healthCheck: { at, disabled: false, intervalMs: placed(29_999), retries: placed(3) },
      },
      [],
    ],
    [
      'one with 0 retries, for which engines take 3',
      { ...DATABASE, healthCheck: { at, disabled: false, retries: placed(0) } },
      ['LIM061 warning'],
    ],
    [
      'one with an interval of 0, for which engines take 30 s',
      { ...DATABASE, healthCheck: { at, disabled: false, intervalMs: placed(0), retries: placed(3) } },
      ['LIM061 warning'],
    ],
    [
      'one with the defaults that nobody waits for',
      { ...DATABASE, neededBy: [], isOneShot: true, healthCheck: { at, disabled: false } },
      ['LIM061 warning'],
    ],
    ['one with the defaults of the tests', { ...SERVICE, healthCheck: { at, disabled: false } }, []],
    ['a database with 64 MiB of shared memory', without(DATABASE, 'shm'), ['LIM063 warning']],
    ['one with half of its memory', withLimits({ shm: placed(256 * MIB) }, DATABASE), []],
    ['one with more', withLimits({ shm: placed(257 * MIB) }, DATABASE), ['LIM063 warning']],
    ['a cache without a size of shared memory', without({ ...DATABASE, image: 'redis' }, 'shm'), []],
  ])('%s', (_, service, codes) => {
    expect(judgedService(service)).toEqual(codes);
  });

  it('a service without a health check that nobody needs is left alone', () => {
    const alone = { ...SERVICE, name: 'docs', isTest: false, isOneShot: false };
    expect(judgedService(alone)).toEqual([]);
  });
});

describe('the machine', () => {
  const system = observed([]).system;
  it.each([
    [{ ...system, memoryBytes: 2_000_000_000, floorBytes: 0 }, ['LIM056 error']],
    [{ ...system, memoryBytes: 2_000_000_001, floorBytes: 0 }, []],
    [{ ...system, cores: 1 }, ['LIM056 error']],
    [{ ...system, cores: 2 }, []],
  ])('%j', (machine, codes) => {
    expect(judged(observed([SERVICE], { system: machine }))).toEqual(codes);
  });
});

describe('containers', () => {
  it('a limit that is not in force is told with both values', () => {
    const container = trial({
      differences: [
        { name: 'memoryBytes', declared: 512 * MIB, effective: undefined },
        { name: 'pids', declared: 256, effective: 4096 },
      ],
    });
    const { findings } = judgeConfiguration(
      observed([SERVICE], { containers: [container] }),
      defaultsOf(configurationLimits),
    );
    expect(findings).toMatchObject([
      {
        code: 'LIM000',
        severity: 'error',
        location: SERVICE.at,
        evidence: ['memoryBytes: declared 512 MiB, in force no limit', 'pids: declared 256, in force 4096'],
      },
    ]);
  });

  it('one that the engine refuses to make', () => {
    const container = trial({ refused: 'the engine says no' });
    expect(judged(observed([SERVICE], { containers: [container] }))).toEqual(['LIM064 error']);
  });

  it('one that runs and is never killed', () => {
    const container = trial({ kind: 'running', name: 'shop-tests-1', oomKillDisable: true });
    expect(judged(observed([SERVICE], { containers: [container] }))).toEqual(['LIM054 error']);
  });
});

it('says what was not read back, and what Compose would warn of, without failing', () => {
  const observation = observed([SERVICE], {
    notSeen: ['no container engine answers'],
    warnings: [{ message: 'services.tests.mem_limt is no key', location: at }],
  });
  expect(judged(observation)).toEqual(['LIM065 warning', 'LIM066 note']);
});

it('cannot tell anything of a file without services', () => {
  const { inconclusive } = judgeConfiguration(observed([]), defaultsOf(configurationLimits));
  expect(inconclusive).toEqual(['The compose file has no service.']);
});

it('every fix says which line to write, and where', () => {
  const bare: DeclaredService = { ...SERVICE, limits: { ulimits: [], tmpfs: [] } };
  const { findings } = judgeConfiguration(observed([bare]), defaultsOf(configurationLimits));
  expect(findings.map(({ code, location, fix }) => [code, location, /`.+`/.test(fix?.text ?? '')])).toEqual(
    ['LIM050', 'LIM057', 'LIM058', 'LIM059', 'LIM062'].map((code) => [code, SERVICE.at, true]),
  );
  // Reports print the place above it.
  expect(findings.filter(({ fix }) => fix?.location !== undefined)).toEqual([]);
});
