import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the encoding of a source', () => {
  it.each([
    '# coding: latin-1',
    '# -*- coding: iso-8859-15 -*-',
    '#!/usr/bin/python\n# vim: set fileencoding=cp1252 :',
    '\n# coding=iso8859_1',
    '# coding: Latin_1',
    '# coding: cp437',
  ])('is what the cookie %j says', (cookie) => {
    const found = scanText(latin(`${cookie}\ns = "\xe4\xf6"; import a\n`));
    expect(found.problems).toEqual([]);
    expect(found.places).toEqual([`${cookie.split('\n').length + 1}:18`]);
  });

  it('decides what names mean', () => {
    expect(scanText(latin('# coding: latin-1\nimport gr\xf6\xdfe')).imports).toEqual([
      'module: import größe',
    ]);
    const cyrillic = Buffer.from([...Buffer.from('# coding: koi8-r\nimport '), 0xc1, 0xc2]);
    expect(scanText(cyrillic).imports).toEqual(['module: import аб']);
  });

  it('may have backslashes inside its characters', () => {
    const source = Buffer.from([
      ...Buffer.from('# coding: shift_jis\ns = "'),
      0x83,
      0x5c,
      ...Buffer.from('"\nimport a'),
    ]);
    expect(scanText(source)).toMatchObject({ imports: ['module: import a'], problems: [] });
  });

  it.each([
    ['no cookie', latin('x = "\xe4"\n\nimport a')],
    ['a cookie of UTF-8', latin('# coding: utf8\nx = "\xe4"\nimport a')],
    ['a cookie of ASCII', Buffer.from('# coding: ascii\nx = "ä"\nimport a')],
    ['an unknown cookie', Buffer.from('# coding: uft-8\n\nimport a')],
    ['UTF-16 in a cookie', Buffer.from('# coding: utf-16\n\nimport a')],
    ['a cookie that contradicts the mark', Buffer.from('\uFEFF# coding: latin-1\n\nimport a')],
    [
      'a cookie in the second line that is spelt unlike the mark',
      Buffer.from('\uFEFF\n# coding: utf8\nimport a'),
    ],
    ['a cookie behind the second line', latin('\n\n# coding: latin-1\nx = "\xe4"\nimport a')],
    ['a cookie behind code', latin('x = 1\n# coding: latin-1\nx = "\xe4"\nimport a')],
  ])('is reported where it cannot be read: %s', (_, source) => {
    const found = scanText(source);
    expect(found.problems).toHaveLength(1);
    expect(found.problems[0]).toMatch(/^undecodable \d: /);
    expect(found.imports).toEqual(['module: import a']);
  });

  it.each(['utf-8', 'UTF_8', 'utf-8-sig', 'utf8'])('may be named %s', (name) => {
    expect(scanText(`# coding: ${name}\nx = "ä"`).problems).toEqual([]);
  });

  it.each(['utf-8', 'utf-8-unix'])('may be named %s beside the mark', (name) => {
    expect(scanText(`\uFEFF# coding: ${name}\nx = "ä"`).problems).toEqual([]);
  });

  it('is reported with the line that cannot be read', () => {
    expect(scanText(latin('x = 1\n\ny = "\xe4"')).problems).toEqual(['undecodable 3: invalid UTF-8']);
  });
});

describe('ignore comments', () => {
  it('are read from comments only', () => {
    const marker = 'seaworthy: ignore[import-cycle]';
    const found = scanText(
      [
        `import a  # ${marker} -- plugins need it`,
        `x = "# ${marker} -- no comment"`,
        `y = (  # ${marker}`,
        `)`,
        `from b import (`,
        `  c,  # ${marker} -- each name has its own`,
        `)  # seaworthy: ignore[other] -- x`,
        `# ${marker} -- ünïcode`,
        `__import__("d")  # ${marker} -- second pass`,
      ].join('\n'),
    );
    expect(found.comments).toEqual([
      '1: plugins need it',
      '3: ',
      '6: each name has its own',
      '7: [other] x',
      '8: ünïcode',
      '9: second pass',
    ]);
  });
});
