import { describe, expect, it } from 'vitest';
import type { DiskExhaustion } from '../../../src/model/exhaustion.ts';
import { judgeLimitsDisk } from '../../../src/scenarios/limits-disk/judge-limits-disk.ts';
import { limitsDiskLimits } from '../../../src/scenarios/limits-disk/limits-disk-limits.ts';
import { defaultsOf } from '../defaults-of.ts';
import { codesOf, MIB, observedSandbox, sandboxWithout } from '../observed.ts';

const limits = defaultsOf(limitsDiskLimits);
const FREE = 47_000_000;
const HASH = 'a'.repeat(64);

const run = (change: Partial<DiskExhaustion> = {}): DiskExhaustion => ({
  outcome: 'held',
  sizeBytes: 48 * MIB,
  declaredBytes: 48 * MIB,
  freeBeforeBytes: FREE,
  writtenBytes: FREE,
  error: 'ENOSPC',
  freeAtHeightBytes: 0,
  limited: true,
  oldFileBefore: HASH,
  oldFileAtHeight: HASH,
  oldFileAfterwards: HASH,
  freeAfterBytes: FREE,
  backAfterMs: 5,
  patienceMs: 1000,
  deletedButOpenBytes: 0,
  writableAfterwards: true,
  fillMs: 60,
  curve: [],
  measuredBy: 'keeper',
  ...change,
});
const judge = (change: Partial<DiskExhaustion> = {}) =>
  judgeLimitsDisk({ sandbox: observedSandbox(), run: run(change) }, limits);

describe('judgeLimitsDisk', () => {
  it('finds nothing in a place that is full, and empty again', () => {
    expect(judge()).toEqual({ findings: [] });
  });

  it('writes nothing into a place without a size', () => {
    expect(codesOf(judgeLimitsDisk({ sandbox: sandboxWithout('diskBytes'), run: null }, limits))).toEqual([
      'LIM000',
    ]);
  });

  it.each([
    [FREE / 100, []],
    [FREE / 100 + 1, ['LIM031']],
  ])('allows %d bytes free at the height', (freeAtHeightBytes, expected) => {
    expect(codesOf(judge({ freeAtHeightBytes }))).toEqual(expected);
  });

  it('demands ENOSPC, and names what came instead', () => {
    const { findings } = judge({ error: 'EFBIG' });
    expect(findings).toMatchObject([
      { code: 'LIM030', message: expect.stringContaining('EFBIG instead of ENOSPC') as string },
    ]);
    expect(codesOf(judge({ outcome: 'killed' }))).toEqual(['LIM030']);
  });

  it.each([{ oldFileAtHeight: 'b'.repeat(64) }, { oldFileAfterwards: '' }])(
    'demands that the old file stays as it was: %j',
    (change) => {
      expect(codesOf(judge(change))).toEqual(['LIM032']);
    },
  );

  it.each([
    [{ freeAfterBytes: FREE - 1_000_000 }, []],
    [{ freeAfterBytes: FREE - 1_000_001 }, ['LIM033']],
    [{ freeAfterBytes: FREE + 1_000_001 }, ['LIM033']],
    [{ backAfterMs: 1000 }, []],
    [{ backAfterMs: 1001 }, ['LIM033']],
  ])('demands the space back: %j', (change, expected) => {
    expect(codesOf(judge(change))).toEqual(expected);
  });

  it('names a file that is deleted and open', () => {
    const { findings } = judge({ freeAfterBytes: 0, deletedButOpenBytes: FREE, writableAfterwards: false });
    expect(findings).toMatchObject([
      { code: 'LIM033', cause: { text: 'a file was deleted and is still open', certainty: 'certain' } },
      { code: 'LIM034', cause: { text: 'the place is still full', certainty: 'certain' } },
    ]);
  });

  it('prints no fix where there is space and no writing', () => {
    const [finding] = judge({ writableAfterwards: false }).findings;
    expect(finding).toMatchObject({ code: 'LIM034', cause: { certainty: 'unknown' } });
    expect(finding).not.toHaveProperty('fix');
  });

  it('cannot tell where only single files are limited', () => {
    const judgement = judge({ limited: false, error: 'EFBIG' });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive?.[0]).toContain('no size of its own');
  });

  it('cannot tell where time was up', () => {
    const judgement = judge({ outcome: 'timeout', writtenBytes: 10 * MIB });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive?.[0]).toContain('Only 10 MiB of 48 MiB');
  });
});
