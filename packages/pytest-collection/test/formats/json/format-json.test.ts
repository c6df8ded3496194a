import { describe, expect, it } from 'vitest';
import { formatJson, parseProfile } from '../../../src/formats/index.ts';
import type { CollectionProfile } from '../../../src/model/collection-profile.ts';
import { aProfile, hostileProfile, largeProfile } from '../a-profile.ts';

describe('formatJson', () => {
  it.each([
    ['a small profile', aProfile()],
    ['one of hostile names', hostileProfile()],
    ['a large one', largeProfile(500)],
    ['one without any run', aProfile({ runs: {}, outcome: { kind: 'no-pytest', message: 'none' } })],
  ])('is exactly the profile, and can be read back: %s', (_, profile) => {
    const text = formatJson(profile);
    expect(JSON.parse(text)).toEqual(profile);
    expect(parseProfile(text)).toEqual(profile);
  });

  it('is the same text for the same profile, whatever the order of its keys', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, below]) => [key, turned(below)]),
            )
          : value;
    const profile = hostileProfile();
    expect(formatJson(turned(profile) as CollectionProfile)).toBe(formatJson(profile));
  });

  it('has a line for each file and each node', () => {
    const profile = largeProfile(300);
    const lines = formatJson(profile).split('\n');
    expect(lines.filter((line) => line.includes('"path":"tests/part_'))).toHaveLength(300);
    expect(lines.filter((line) => line.includes('"name":"test_'))).toHaveLength(300);
  });
});
