import { IS_NAME } from './bytes.ts';

/** Words with which a statement starts that the scanner has to know. `print` is none of Python 3, which is why. */
const WORDS = [
  'async',
  'case',
  'class',
  'def',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'if',
  'import',
  'lazy',
  'match',
  'print',
  'try',
  'while',
  'with',
] as const;

/** A word that starts a statement. */
export type Keyword = (typeof WORDS)[number];

/** 1 for the letters with which one starts: lines that start otherwise are passed over at once. */
export const STARTS_KEYWORD: Uint8Array = new Uint8Array(256);

/** By first letter and length; where `elif` and `else` share a place, the third letter decides. */
const PLACES = new Array<Keyword | undefined>(128 << 3).fill(undefined);
for (const word of WORDS) {
  STARTS_KEYWORD[word.charCodeAt(0)] = 1;
  PLACES[placeOf(word.charCodeAt(0), word.length)] = word;
}

const LONGEST = 7;
const THIRD_OF_ELIF = 0x69;

/** The keyword from `start` up to `end`, where the name there ends. */
export function keywordAt(bytes: Uint8Array, start: number, end: number): Keyword | undefined {
  if (end - start > LONGEST) return undefined;
  let word = PLACES[placeOf(bytes[start]!, end - start)];
  if (word === undefined) return undefined;
  if (word === 'else' && bytes[start + 2] === THIRD_OF_ELIF) word = 'elif';
  for (let i = 1; i < word.length; i++) {
    if (bytes[start + i] !== word.charCodeAt(i)) return undefined;
  }
  return word;
}

/** The offset after the name that starts at `start`. */
export function endOfName(bytes: Uint8Array, start: number): number {
  let i = start + 1;
  while (IS_NAME[bytes[i]!] === 1) i++;
  return i;
}

function placeOf(first: number, length: number): number {
  return (first << 3) | length;
}
