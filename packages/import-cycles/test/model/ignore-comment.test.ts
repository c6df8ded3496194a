import { describe, expect, it } from 'vitest';
import { parseIgnoreComment } from '../../src/model/ignore-comment.ts';

describe('parseIgnoreComment', () => {
  it.each([
    ['# seaworthy: ignore[import-cycle] -- plugins', 'plugins'],
    ['# seaworthy: ignore[import-cycle]', ''],
    ['# seaworthy: ignore[import-cycle] --', ''],
    ['#seaworthy:ignore[ import-cycle ]--  two   words ', 'two words'],
    ['// noqa; seaworthy: ignore[import-cycle] -- typed later', 'typed later'],
    ['/* seaworthy: ignore[import-cycle] -- block */', 'block'],
    ['# seaworthy: ignore[import-cycle] -- a -- b', 'a -- b'],
  ])('reads %j', (comment, reason) => {
    expect(parseIgnoreComment(comment)).toEqual({ reason });
  });

  it.each([
    ['# seaworthy: ignore[import-cycles] -- x', 'import-cycles', 'x'],
    ['# seaworthy: ignore [ other ]', 'other', ''],
    ['# seaworthy: ignore', '', ''],
    ['// seaworthy: ignore -- x', '', 'x'],
    ['/* seaworthy: ignore */', '', ''],
  ])('says what %j names instead of the rule', (comment, unknownRule, reason) => {
    expect(parseIgnoreComment(comment)).toEqual({ reason, unknownRule });
  });

  it.each([
    '# seaworthy: ignore what follows',
    '# seaworthy: ignored[import-cycle]',
    '# unseaworthy: ignore[import-cycle]',
    '',
  ])('takes %j for another comment', (comment) => {
    expect(parseIgnoreComment(comment)).toBeUndefined();
  });
});
