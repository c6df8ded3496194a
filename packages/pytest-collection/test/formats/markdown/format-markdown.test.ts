import { describe, expect, it } from 'vitest';
import { formatMarkdown } from '../../../src/formats/index.ts';
import { aProfile, hostileProfile, largeProfile } from '../a-profile.ts';

describe('formatMarkdown', () => {
  it('begins with the verdict, the figures and what to change', () => {
    const text = formatMarkdown(aProfile());
    expect(text.slice(0, text.indexOf('<details>'))).toMatchSnapshot();
  });

  it('lets no name be Markdown or HTML', () => {
    const text = formatMarkdown(hostileProfile());
    const tags = new Set(text.match(/<[^>]*>/g));
    expect([...tags].sort()).toEqual(
      [
        '<br>',
        '<code>',
        '</code>',
        '<details>',
        '</details>',
        '<pre>',
        '</pre>',
        '<summary>',
        '</summary>',
      ].sort(),
    );
    expect(text.replace(/<pre>[^]*?<\/pre>/g, '')).not.toMatch(/\[link\]/);
    expect(text).not.toContain('\u001b');
    // A bar of a name would be a cell more.
    for (const row of text.split('\n').filter((line) => line.startsWith('| <code>')))
      expect([5, 6, 7], row).toContain(row.split('|').length - 1);
  });

  it.each([
    ['a large project', largeProfile(5000)],
    [
      'many long errors',
      aProfile({
        errors: Array.from({ length: 400 }, (_, at) => ({
          nodeId: `tests/test_${at}.py`,
          type: 'E',
          message: 'm'.repeat(9000),
          traceback: '<&\n'.repeat(9000),
        })),
      }),
    ],
    ['names without end', aProfile({ command: 'x'.repeat(2_000_000) })],
  ])('stays below what GitHub takes for a comment: %s', (_, profile) => {
    expect(Buffer.byteLength(formatMarkdown(profile))).toBeLessThan(65_536);
  });

  it('counts what it does not show', () => {
    expect(formatMarkdown(largeProfile(300))).toContain('… and 285 cheaper files');
  });
});
