import { expect, it } from 'vitest';
import { sparkline } from '../../../src/formats/text/sparkline.ts';

it('draws the most that was held in each stretch of time', () => {
  const samples = [
    { atMs: 0, bytes: 10 },
    { atMs: 30, bytes: 80 },
    { atMs: 35, bytes: 20 },
    { atMs: 99, bytes: 40 },
  ];
  expect(sparkline(samples, 100, 4)).toBe('▂█▃▅');
});

it('is empty before the first sample and after the last', () => {
  expect(
    sparkline(
      [
        { atMs: 60, bytes: 5 },
        { atMs: 70, bytes: 5 },
      ],
      100,
      10,
    ),
  ).toBe('     ███');
});
