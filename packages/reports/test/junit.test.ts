import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { formatJUnit } from '../src/index.ts';
import { aFinding, aRecord, aResult } from './a-record.ts';

const schema = XmlDocument.fromString(
  readFileSync(join(import.meta.dirname, 'fixtures', 'junit.xsd'), 'utf8'),
);

/** Parses and validates; gives back what an XPath finds. */
function read(xml: string, xpath: string): readonly string[] {
  using document = XmlDocument.fromString(xml);
  using validator = XsdValidator.fromDoc(schema);
  validator.validate(document);
  return document.find(xpath).map((node) => node.content);
}

const everyVerdict = aRecord(
  [
    aResult({ id: 'imports/simple-cycle' }),
    aResult({ verdict: 'failed', findings: [aFinding(), aFinding({ severity: 'warning', message: 'w' })] }),
    aResult({ id: 'imports/threads', verdict: 'inconclusive', reasons: ['the machine was too busy'] }),
    aResult({ id: 'imports/leak', verdict: 'skipped', missing: { what: 'Python 3.8', how: 'install it' } }),
    aResult({
      id: 'limits/disk',
      verdict: 'error',
      error: { message: 'oops', stack: 'Error: oops\n  at x' },
    }),
  ],
  {
    planned: [
      'imports/simple-cycle',
      'imports/project',
      'imports/threads',
      'imports/leak',
      'limits/disk',
      'limits/cpu',
    ],
    interrupted: 'SIGINT',
  },
);

test('every verdict has its element, and the totals agree with them', () => {
  const xml = formatJUnit(everyVerdict);
  expect(read(xml, '/testsuites/@*[name()!="name" and name()!="time"]')).toEqual(['6', '1', '1', '3']);
  expect(read(xml, '//testsuite/@name')).toEqual(['imports', 'limits']);
  expect(read(xml, '//testcase[failure]/@name')).toEqual(['project']);
  expect(read(xml, '//failure/@type')).toEqual(['IMP006']);
  expect(read(xml, '//testcase[error]/@name')).toEqual(['disk']);
  expect(read(xml, '//skipped/@message')).toEqual([
    'inconclusive: the machine was too busy',
    'skipped: needs Python 3.8: install it',
    'not run: the run ended before (SIGINT)',
  ]);
});

test('a failure carries the whole finding', () => {
  const [text] = read(formatJUnit(everyVerdict), '//failure');
  expect(text).toContain('shop/orders.py:2:6');
  expect(text).toContain('seaworthy.config.ts:12');
  expect(text).not.toContain('\u001b');
});

test('a passed scenario says its warnings, without counting as a failure', () => {
  const warning = aFinding({ severity: 'warning', message: 'imports crash' });
  const xml = formatJUnit(aRecord([aResult({ verdict: 'passed', findings: [warning] })]));
  expect(xml).toMatch(/<system-out>[^<]*imports crash/);
  expect(xml).toContain('failures="0"');
});

test('an empty run is a document too', () => {
  expect(read(formatJUnit(aRecord([])), '/testsuites/@tests')).toEqual(['0']);
});

test('whatever the texts hold, the document is valid and says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (message) => {
      const result = aResult({
        verdict: 'error',
        error: { message: `<${message}>`, stack: `]]>&${message}` },
      });
      const [attribute] = read(formatJUnit(aRecord([result])), '//error/@message');
      const legal = message.replace(
        /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/gu,
        '\ufffd',
      );
      expect(attribute).toBe(`<${legal}>`);
    }),
  );
});
