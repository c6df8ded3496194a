import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { formatText } from '../../../src/formats/index.ts';
import { aProfile, hostileProfile, largeProfile } from '../a-profile.ts';

const plain = { color: false, columns: 100 };

describe('formatText', () => {
  it('tells what was collected, where time and memory go, and what to change', () => {
    expect(formatText(aProfile(), plain)).toMatchSnapshot();
  });

  it('is the same text with and without colour', () => {
    const coloured = formatText(aProfile(), { color: true, columns: 100 });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(formatText(aProfile(), plain));
  });

  it.each([48, 60, 80, 120, 200])('keeps to %i columns', (columns) => {
    for (const profile of [aProfile(), hostileProfile(), largeProfile(300)]) {
      const text = stripVTControlCharacters(formatText(profile, { color: true, columns }));
      for (const line of text.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it.each([80, 100])('cuts no interval at %i columns', (columns) => {
    const profile = aProfile();
    const without = { savedMs: 207, lowMs: 99, highMs: 325, savedBytes: 0, sameTests: true };
    const plugins = profile.plugins.map((plugin) => ({ ...plugin, without }));
    expect(formatText({ ...profile, plugins }, { ...plain, columns })).toContain(
      '207 ms less (99 ms to 325 ms)',
    );
  });

  it('marks what was being collected when the run ended', () => {
    const profile = aProfile();
    const files = profile.files.map((file, at) => (at === 0 ? { ...file, unfinished: true } : file));
    expect(formatText({ ...profile, files }, plain)).toContain('/test_tax.py (unfinished)  420 ms');
  });

  it('gives a terminal no control character but its own', () => {
    const text = formatText(hostileProfile(), plain);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(text).toContain('esc\\x1b[31mred');
    expect(text).toContain('試験/größe😀.py');
  });

  it('aligns columns beside wide letters', () => {
    const lines = formatText(hostileProfile(), plain).split('\n');
    const ends = lines
      .filter((line) => /^ {2}[├└]/.test(line))
      .map((line) => stringWidth(line.slice(0, line.indexOf(' ms ') + 4)));
    expect(ends.length).toBeGreaterThan(7);
    expect(new Set(ends).size).toBe(1);
  });

  it('says what pytest hides', () => {
    expect(formatText(aProfile(), plain)).toContain("pytest's own figure hides 750 ms of it (53 %)");
  });

  it('shows how a collection ended that did not finish, as far as it came', () => {
    const text = formatText(
      aProfile({
        outcome: {
          kind: 'timed-out',
          afterMs: 60_000,
          at: { phase: 'collect', path: '/code/shop/tests/test_db.py', atMs: 812 },
          waitsFor: 'connect to 127.0.0.1:5432',
          stacks: [
            {
              thread: 'MainThread',
              frames: [{ path: '/code/shop/shop/db.py', line: 14, function: 'connect' }],
            },
          ],
        },
        runs: {},
        causes: [],
      }),
      plain,
    );
    expect(text).toContain('✗ Not finished after 1 min: it hung in tests/test_db.py, 812 ms after the start');
    expect(text).toContain('It waits for connect to 127.0.0.1:5432');
    expect(text).toMatch(/Main thread\n {4}shop\/db\.py:14 {2}connect/);
    expect(text).not.toContain('Nothing stands out');
  });

  it('shows the errors with their places, and counts those it leaves out', () => {
    const errors = Array.from({ length: 11 }, (_, at) => ({
      nodeId: `tests/test_${at}.py`,
      path: `/code/shop/tests/test_${at}.py`,
      raisedIn: '/code/shop/shop/prices.py',
      line: 12,
      type: 'ImportError',
      message: "cannot import name 'tax'\nfrom shop",
      traceback: '',
    }));
    const text = formatText(aProfile({ outcome: { kind: 'errors', errors }, errors }), plain);
    expect(text).toContain('✗ 11 files could not be collected');
    expect(text).toContain(
      "  ✗ tests/test_0.py\n    ImportError: cannot import name 'tax' from shop\n    shop/prices.py:12\n",
    );
    expect(text).toContain('… and 3 more errors');
  });

  it('says that all is well', () => {
    expect(formatText(aProfile({ causes: [] }), plain)).toMatch(/\n✓ Nothing stands out[^\n]*\n$/);
  });

  it('has one line for each cause at its end', () => {
    const last = formatText(aProfile(), plain).trimEnd().split('\n').slice(-2);
    expect(last).toEqual([
      '✗ heavy-import      saves 380 ms, 41 MB  Import pandas inside the function that uses it (shop/price…',
      '? expensive-plugin  saves 130 ms         Add `-p no:html` to addopts where no report is wanted',
    ]);
  });

  it('is short whatever the size of the project', () => {
    expect(formatText(largeProfile(5000), plain).split('\n').length).toBeLessThan(110);
  });
});
