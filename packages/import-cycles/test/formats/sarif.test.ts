import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { formatSarif } from '../../src/formats/index.ts';
import type { ImportReport } from '../../src/report/import-report.ts';
import { SHOP, hostileReport, reportOf, shopReport } from './sample-report.ts';

const readSource = (path: string): string | undefined => SHOP[path];

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
  readonly message?: { readonly text: string };
}
interface Result {
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Place];
  readonly codeFlows: readonly [
    { readonly threadFlows: readonly [{ readonly locations: readonly { readonly location: Place }[] }] },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

function resultsOf(report: ImportReport): readonly Result[] {
  const log = JSON.parse(formatSarif(report, { readSource })) as { runs: [{ results: Result[] }] };
  return log.runs[0].results;
}

/**
 * The official schema says draft 4 but uses nothing that later drafts took away, its `id` apart. One of its patterns is
 * no Unicode regular expression.
 */
function officialSchema(): Record<string, unknown> {
  const folder = dirname(createRequire(import.meta.url).resolve('@microsoft/jest-sarif'));
  const text = readFileSync(join(folder, 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8');
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(text) as Record<string, unknown>;
  return schema;
}

describe('formatSarif', () => {
  it('is valid by the official schema', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    ajvFormats.default(ajv);
    const validate = ajv.compile(officialSchema());
    const accepted = await shopReport();
    const reports = [
      await shopReport(),
      await hostileReport(),
      await reportOf([['a', 'b']]),
      { ...accepted, knots: accepted.knots.map((knot) => ({ ...knot, accepted: true })) },
    ];
    for (const report of reports) {
      validate(JSON.parse(formatSarif(report, { version: '1.2.3' })));
      expect(validate.errors).toBeNull();
    }
    expect(validate({ version: '2.1.0' })).toBe(false);
  });

  it('has a result for each knot, at the import to move', async () => {
    const [result, ...others] = resultsOf(await shopReport());
    expect(others).toEqual([]);
    expect(result!.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'shop/customers.py', uriBaseId: 'PROJECT' },
      region: { startLine: 3, startColumn: 8, endLine: 3, endColumn: 19 },
    });
    expect(result!.level).toBe('error');
    expect(result!.message.text).toBe(
      '2 modules import each other: shop.customers → shop.orders → shop.customers. ' +
        'Importing shop.customers first raises ImportError. ' +
        'Move 1 import (proven fewest): in shop/customers.py:3, move it into `Customer.order` (line 8), the only place that uses `shop.orders`.',
    );
  });

  it('walks round the cycle and ends where it began', async () => {
    const [result] = resultsOf(await shopReport());
    const steps = result!.codeFlows[0].threadFlows[0].locations.map(({ location }) => location);
    expect(steps.map(({ message }) => message!.text)).toEqual([
      'shop.customers imports shop.orders',
      'shop.orders imports shop.customers',
      'shop.customers, where it began',
    ]);
    expect(steps.at(-1)!.physicalLocation).toEqual(steps[0]!.physicalLocation);
    for (const { physicalLocation } of steps) {
      const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
      expect([startLine, startColumn, endLine > 0, endColumn > startColumn]).toEqual([3, 1, true, true]);
    }
  });

  it('keeps a fingerprint when the cycle is told from another module or a line moves', async () => {
    const [result] = resultsOf(await shopReport());
    const report = await shopReport();
    const turned = report.knots.map((knot) => ({
      ...knot,
      witness: [knot.witness[1]!, { ...knot.witness[0]!, line: 99 }],
    }));
    expect(resultsOf({ ...report, knots: turned })[0]!.partialFingerprints).toEqual(
      result!.partialFingerprints,
    );
  });

  it('suppresses what the baseline accepts', async () => {
    const report = await shopReport();
    const [result] = resultsOf({
      ...report,
      knots: report.knots.map((knot) => ({ ...knot, accepted: true })),
    });
    expect(result!.level).toBe('note');
    expect(result!.suppressions).toHaveLength(1);
  });

  it('writes paths as relative URIs', async () => {
    const uris = resultsOf(await hostileReport()).flatMap(({ codeFlows }) =>
      codeFlows[0].threadFlows[0].locations.map(
        ({ location }) => location.physicalLocation.artifactLocation.uri,
      ),
    );
    expect(uris).toHaveLength(8);
    for (const uri of uris) expect(uri).toMatch(/^[\w%.!~*'()/-]+$/);
  });
});
