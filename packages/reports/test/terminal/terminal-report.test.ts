import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { formatTerminal } from '../../src/index.ts';
import { aFinding, aRecord, aResult } from '../a-record.ts';

const plain = { color: false, width: 80 };
const failed = (changes = {}, more = {}) =>
  aRecord([aResult({ verdict: 'failed', findings: [aFinding(changes)], ...more })]);

test('a failure says all that the template asks for', () => {
  expect(formatTerminal(failed(), plain)).toBe(`\
FAIL IMP006 cycle that is too long                              [explain IMP006]
  A cycle of 7 modules, at most 5 are allowed
  where      shop/orders.py:2:6
  measured   7
  limit      at most 5 (maxLength, from seaworthy.config.ts:12)
  over by    2 (40 %)
  evidence   shop.orders -> shop.billing
             shop.billing -> shop.orders
  cause      [certain] orders imports billing for a type only
  fix        move it below TYPE_CHECKING (shop/orders.py:2)
  reproduce  npx seaworthy validate imports/project --project /srv/shop --seed 7

FAIL imports/project IMP006 A cycle of 7 modules, at most 5 are allowed
     (shop/orders.py:2:6)

1 failed in 1 min 5 s, seed 7
`);
});

test('colours change nothing but the colour', () => {
  const coloured = formatTerminal(failed(), { ...plain, color: true });
  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(formatTerminal(failed(), plain));
});

test('no fix is printed for an unknown cause', () => {
  const text = formatTerminal(failed({ cause: { text: 'nobody knows', certainty: 'unknown' } }), plain);
  expect(text).toContain('cause      [unknown] nobody knows');
  expect(text).not.toContain('TYPE_CHECKING');
});

test('what is missed from below is short', () => {
  const text = formatTerminal(
    failed({
      measured: { value: 20, unit: 'percent' },
      limit: { name: 'coverage', bound: 'least', value: 30, unit: 'percent' },
    }),
    plain,
  );
  expect(text).toContain('limit      at least 30 % (coverage, from the defaults)\n  short by   10 % (33 %)');
});

test('the guilty line is shown where the source is at hand', () => {
  const readSource = (path: string) =>
    path === 'shop/orders.py' ? 'import os\nfrom . import billing\n\n' : undefined;
  expect(formatTerminal(failed(), { ...plain, readSource })).toContain(`\
               1 | import os
             > 2 | from . import billing
                 |      ^
               3 |
`);
});

test('hostile names cannot move the cursor or fake a line', () => {
  const hostile = 'x\u001b[2J\nFAIL everything\u202e';
  const text = formatTerminal(
    failed(
      {
        message: hostile,
        location: { path: hostile, line: 1 },
        evidence: [hostile],
        cause: { text: hostile, certainty: 'likely' },
        fix: { text: hostile },
      },
      { limitSources: { maxLength: hostile } },
    ),
    plain,
  );
  expect(text).not.toMatch(/[\u001b\u202e]/);
  expect(text).not.toMatch(/^FAIL everything/m);
});

test('the command to reproduce carries every condition, quoted for a shell', () => {
  const record = aRecord(
    [aResult({ verdict: 'failed', findings: [aFinding()], limitSources: { maxLength: '--limit' } })],
    {
      project: {
        root: "/srv/it's my shop",
        python: { executable: '/opt/py 3/bin/python', version: '3.11.7', implementation: 'CPython' },
        configuration: '/srv/new\nline.json',
      },
    },
  );
  expect(formatTerminal(record, plain)).toContain(
    "npx seaworthy validate imports/project --project '/srv/it'\\''s my shop' --python '/opt/py 3/bin/python' " +
      "--config $'/srv/new\\x0aline.json' --limit imports/project.maxLength=5 --seed 7",
  );
});

test.each([
  ['/srv', {}, '--project shop --seed'],
  ['/srv/shop', {}, 'imports/project --seed'],
  ['/srv/shop/src', {}, '--project /srv/shop --seed'],
  [
    '/srv',
    { python: 'python3.12', configuration: 'ci.json' },
    '--project shop --python python3.12 --config ci.json',
  ],
])('the command to reproduce is what a person types in %s', (workingFolder, given, words) => {
  const record = aRecord([aResult({ verdict: 'failed', findings: [aFinding()] })], {
    project: {
      root: '/srv/shop',
      python: { executable: '/usr/bin/python3', version: '3.11.7', implementation: 'CPython' },
      configuration: '/srv/shop/seaworthy.config.ts',
    },
    invocation: { workingFolder, ...given },
  });
  expect(formatTerminal(record, plain)).toContain(words);
});

test('warnings of what passed are counted, come before what failed, and tell nobody to reproduce them', () => {
  const warning = aFinding({ severity: 'warning', message: 'only a warning' });
  const text = formatTerminal(
    aRecord([
      aResult({ id: 'a/broken', verdict: 'failed', findings: [aFinding({ message: 'a failure' })] }),
      aResult({ id: 'a/fine', findings: [warning, warning] }),
    ]),
    plain,
  );
  expect(text).toMatch(/^WARN IMP006[^]*^WARN IMP006[^]*^FAIL IMP006/m);
  expect(text.match(/^ {2}reproduce/gm)).toHaveLength(1);
  expect(text).toMatch(/^1 failed, 1 passed, 2 warnings in /m);
});

test('a place of the source is shown once, however many findings are about it', () => {
  const readSource = (): string => 'one\ntwo\nthree\n';
  const result = aResult({
    findings: [aFinding({ severity: 'warning' }), aFinding({ severity: 'warning' })],
  });
  expect(formatTerminal(aRecord([result]), { ...plain, readSource }).match(/^ *> 2 \| two$/gm)).toHaveLength(
    1,
  );
});

test('what could not be told, did not run or broke says why, and a partial run says so', () => {
  const record = aRecord(
    [
      aResult({ id: 'a/passed' }),
      aResult({ id: 'a/unclear', verdict: 'inconclusive', reasons: ['too busy: 180 % of 2 cores'] }),
      aResult({
        id: 'a/skipped',
        verdict: 'skipped',
        missing: { what: 'Python 3.8', how: 'apt install python3' },
      }),
      aResult({
        id: 'a/broken',
        verdict: 'error',
        error: { message: 'oops', stack: 'Error: oops\n    at x.ts:1' },
      }),
    ],
    {
      planned: ['a/passed', 'a/unclear', 'a/skipped', 'a/broken', 'a/not-run'],
      interrupted: 'deadline',
    },
  );
  const text = formatTerminal(record, plain);
  expect(text).toContain('UNCLEAR a/unclear Cycles of the project\n  too busy: 180 % of 2 cores');
  expect(text).toContain('  needs Python 3.8\n  to get it: apt install python3');
  expect(text).toContain('ERROR a/broken');
  expect(text).toContain('at x.ts:1');
  expect(text).toMatch(
    /1 broken, 1 unclear, 1 skipped, 1 passed, 1 not run in .*\nThe deadline .* partial result\.\n$/,
  );
});

test.each([
  'ENOSPC: no space left on device, write',
  "Could not compile /tmp/x: OSError: [Errno 28] No space left on device: '/tmp/x'",
])('a full disk is not called a defect: %s', (message) => {
  const text = formatTerminal(aRecord([aResult({ verdict: 'error', error: { message } })]), plain);
  expect(text).toContain('The disk for temporary files was full.');
  expect(text).not.toContain('defect');
});
