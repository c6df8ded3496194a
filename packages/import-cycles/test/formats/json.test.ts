import { describe, expect, it } from 'vitest';
import { formatJson } from '../../src/formats/index.ts';
import { hostileReport, shopReport } from './sample-report.ts';

describe('formatJson', () => {
  it('is exactly the report', async () => {
    for (const report of [await shopReport(), await hostileReport()]) {
      expect(JSON.parse(formatJson(report))).toEqual(report);
    }
  });

  it('is the same text for the same report, whatever the order of its keys', async () => {
    const report = await shopReport();
    const turned = Object.fromEntries(Object.entries(report).reverse()) as unknown as typeof report;
    expect(formatJson(turned)).toBe(formatJson(report));
  });

  it('has a line for each import', async () => {
    const report = await shopReport();
    const lines = formatJson(report).split('\n');
    for (const entry of report.imports) {
      expect(lines.map((line) => line.trim().replace(/,$/, ''))).toContain(JSON.stringify(entry));
    }
  });
});
