import { describe, expect, it } from 'vitest';
import { formatGithub, formatStepSummary } from '../../src/formats/index.ts';
import type { ImportReport } from '../../src/report/import-report.ts';
import type { Edge } from '../report/graph-of.ts';
import { hostileReport, reportOf, shopReport } from './sample-report.ts';

const manyKnots = (count: number): Promise<ImportReport> =>
  reportOf(
    Array.from(
      { length: count },
      (_, at) =>
        [
          [`a${at}`, `b${at}`],
          [`b${at}`, `a${at}`],
        ] as Edge[],
    ).flat(),
  );

/** Reads a workflow command as GitHub's runner does. */
function parsed(line: string): { properties: Record<string, string>; message: string } {
  const match = /^::error ([^:]*)::(.*)$/.exec(line)!;
  const data = (text: string): string =>
    text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
  const property = (text: string): string => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
  const pairs = match[1]!.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), property(pair.slice(at + 1))];
  });
  return { properties: Object.fromEntries(pairs) as Record<string, string>, message: data(match[2]!) };
}

describe('formatGithub', () => {
  it('annotates the import to move', async () => {
    const { properties, message } = parsed(formatGithub(await shopReport()).trimEnd());
    expect(properties).toEqual({
      title: '2 modules import each other',
      file: 'shop/customers.py',
      line: '3',
      col: '8',
    });
    expect(message.split('\n')).toEqual([
      'shop.customers → shop.orders → shop.customers',
      expect.stringMatching(/^shop.customers crashes when imported first: ImportError: cannot import name/),
      expect.stringMatching(/^shop\/customers.py:3 defer: move it into/),
    ]);
  });

  it('emits ten errors for ten knots, and nine and a count for more', async () => {
    expect(
      formatGithub(await manyKnots(10))
        .trimEnd()
        .split('\n'),
    ).toHaveLength(10);
    const lines = formatGithub(await manyKnots(12))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(parsed(lines[9]!).message).toBe('3 more knots: see the step summary');
  });

  it('puts knots that crash first, and leaves out what is accepted', async () => {
    const report = await manyKnots(12);
    const last = report.knots.at(-1)!;
    const crash = { module: last.modules[0]!, outcome: 'crash', found: 'tried' } as const;
    expect(formatGithub({ ...report, firstImports: [crash] })).toMatch(
      new RegExp(`^.*${last.modules[0]} → `),
    );
    const knots = report.knots.map((knot) => ({ ...knot, accepted: true }));
    expect(formatGithub({ ...report, knots })).toBe('');
  });

  it('lets no name end the command', async () => {
    const text = formatGithub(await hostileReport());
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(parsed(text.trimEnd()).properties['file']).toBe(parsed(text.trimEnd()).properties['file']!.trim());
    expect(text).not.toMatch(/\r|\u001b/);
  });
});

describe('formatStepSummary', () => {
  it('has a section for each knot with its crash and its fix', async () => {
    const text = formatStepSummary(await shopReport());
    expect(text).toContain('## 1 knot of imports\n\n4 modules, 4 imports, import-time view');
    expect(text).toContain('| <code>shop.customers</code> | <code>ImportError: cannot import name');
    expect(text).toContain('**defer**: move it into <code>Customer.order</code> &#40;line 8&#41;');
  });

  it('stays below GitHub’s limit and says how much is missing', async () => {
    const text = formatStepSummary(await manyKnots(4000));
    expect(Buffer.byteLength(text)).toBeLessThan(901_000);
    expect(text).toMatch(/… and [\d,]+ more knots, too many for a summary\n$/);
  });

  it('lets no name become markup', async () => {
    const text = formatStepSummary(await hostileReport());
    expect(text).not.toMatch(/<(?!\/?code>)/);
    expect(text).not.toContain('\u001b');
    for (const row of text.split('\n').filter((line) => line.startsWith('| <'))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    }
  });
});
