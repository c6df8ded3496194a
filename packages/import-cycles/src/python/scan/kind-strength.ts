import { IMPORT_KINDS } from '../../model/import-kind.ts';
import type { ImportKind } from '../../model/import-kind.ts';

/**
 * Of several surroundings the one furthest down decides. Those that are never executed by an import come last; of those
 * that are, `try` comes last, since it may catch what a cycle raises.
 */
const BY_STRENGTH: readonly ImportKind[] = [
  'module',
  'class',
  'conditional',
  'try',
  'lazy',
  'function',
  'main',
  'type-checking',
];

/** Index into `IMPORT_KINDS`. */
export type KindCode = number;

const strengths = new Uint8Array(IMPORT_KINDS.length);
BY_STRENGTH.forEach((kind, strength) => {
  strengths[IMPORT_KINDS.indexOf(kind)] = strength;
});

/** The code of a kind's name. */
export function kindCode(kind: ImportKind): KindCode {
  return IMPORT_KINDS.indexOf(kind);
}

/** The kind of an import that stands in both surroundings. */
export function stronger(a: KindCode, b: KindCode): KindCode {
  return strengths[a]! >= strengths[b]! ? a : b;
}
