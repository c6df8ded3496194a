import type { ImportCost } from '../model/collection-profile.ts';
import { placeText } from './place-text.ts';

/**
 * The way from a test file or conftest to an imported module, without the module itself: `tests/conftest.py:3`, `shop`,
 * `pandas`. Of a longer one its beginning and its end.
 */
export function importWay({ chain, module, location }: ImportCost, most: number): readonly string[] {
  const [first, ...others] = chain.at(-1) === module ? chain.slice(0, -1) : chain;
  const start = location === undefined ? first : placeText(location);
  const way = [...(start === undefined ? [] : [start]), ...others];
  return way.length <= most ? way : [...way.slice(0, most - 2), '…', way.at(-1)!];
}
