import type { HostReceipt } from '../model/safety.ts';
import { bytesAsText } from './bytes-as-text.ts';

/** Other programs come and go: less than this is not told. */
const TOLERATED_BYTES = 256 * 2 ** 20;

const LISTS: readonly (readonly [keyof HostReceipt & string, string])[] = [
  ['mounts', 'mount'],
  ['cgroups', 'control group'],
  ['folders', 'folder'],
  ['processes', 'process'],
  ['containers', 'container'],
  ['networks', 'network'],
  ['volumes', 'volume'],
];

/**
 * What is there after and was not before, in words; empty where the machine is as it was. What could be seen before and cannot
 * be seen any more is told as well. Memory and disk are compared with a tolerance, since others use them too; `Infinity`
 * leaves them out.
 */
export function compareReceipts(
  before: HostReceipt,
  after: HostReceipt,
  toleratedBytes: number = TOLERATED_BYTES,
): string[] {
  const left = LISTS.flatMap(([key, word]) => {
    const [were, are] = [before[key], after[key]] as (readonly string[] | undefined)[];
    if (were === undefined) return [];
    if (are === undefined) return [`whether a ${word} is left could not be read again`];
    return are.filter((one) => !were.includes(one)).map((one) => `${word} ${one} is left`);
  });
  const lacks = [
    ['memory', before.availableBytes - after.availableBytes],
    ['disk for temporary files', before.temporaryFreeBytes - after.temporaryFreeBytes],
  ] as const;
  return [
    ...left,
    ...lacks.flatMap(([what, bytes]) =>
      bytes > toleratedBytes ? [`${bytesAsText(bytes)} less ${what} free than before`] : [],
    ),
  ];
}
