import { describe, expect, it } from 'vitest';
import { isEnforced, judgeEnforcement } from '../../../src/scenarios/sandbox/judge-enforcement.ts';
import { MIB, observedSandbox, sandboxWithout } from '../observed.ts';

describe('judgeEnforcement', () => {
  it('finds nothing where every limit is in force', () => {
    const all = ['memoryBytes', 'cpus', 'pids', 'descriptors', 'diskBytes'] as const;
    expect(judgeEnforcement(observedSandbox(), all)).toEqual({ findings: [], inconclusive: [] });
    expect(isEnforced(observedSandbox(), all)).toBe(true);
  });

  it('says which limit is not there, and what to write', () => {
    const { findings, inconclusive } = judgeEnforcement(sandboxWithout('memoryBytes'), ['memoryBytes']);
    expect(inconclusive).toEqual([]);
    expect(findings).toMatchObject([
      {
        code: 'LIM000',
        severity: 'error',
        message: 'A memory limit of 100 MiB was declared, and none is in force',
        cause: { certainty: 'certain' },
        fix: { text: expect.stringContaining('mem_limit: 512m') as string },
      },
    ]);
  });

  it('holds one value against the other', () => {
    const sandbox = observedSandbox({
      differences: [{ name: 'memoryBytes', declared: 100 * MIB, effective: 24_000 * MIB }],
    });
    expect(judgeEnforcement(sandbox, ['memoryBytes']).findings).toMatchObject([
      {
        message: 'A memory limit of 100 MiB was declared, and 23.4 GiB is in force',
        measured: { value: 24_000 * MIB, unit: 'bytes' },
        limit: { name: 'declared', value: 100 * MIB },
      },
    ]);
  });

  it.each([
    ['memorySwapBytes', 'memoryBytes'],
    ['ulimit nofile', 'descriptors'],
    ['tmpfs /scratch', 'diskBytes'],
    ['cpus', 'cpus'],
  ] as const)('knows that %s is about %s', (name, limit) => {
    const sandbox = observedSandbox({ differences: [{ name, declared: 1, effective: null }] });
    expect(judgeEnforcement(sandbox, [limit]).findings).toHaveLength(1);
    expect(judgeEnforcement(sandbox, ['pids']).findings).toEqual([]);
  });

  it.each(['rlimit', 'self-limited'] as const)(
    'cannot tell where the tier %s enforces no such limit',
    (tier) => {
      const { findings, inconclusive } = judgeEnforcement(sandboxWithout('cpus', { tier }), ['cpus']);
      expect(findings).toEqual([]);
      expect(inconclusive).toEqual([expect.stringContaining(`(tier ${tier})`)]);
      expect(isEnforced(sandboxWithout('cpus', { tier }), ['cpus'])).toBe(false);
    },
  );
});
