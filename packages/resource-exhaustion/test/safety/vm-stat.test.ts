import { expect, test } from 'vitest';
import { parseVmStat } from '../../src/safety/vm-stat.ts';

const OF_A_MAC = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                3632.
Pages active:                            370891.
Pages inactive:                          368563.
Pages speculative:                         1500.
Pages throttled:                              0.
Pages wired down:                        117542.
Pages purgeable:                           2305.
"Translation faults":                 412340922.
`;

test('what macOS gives to whoever asks is more than what is free', () => {
  expect(parseVmStat(OF_A_MAC)).toBe((3632 + 368_563 + 1500 + 2305) * 16_384);
});

test('what is no answer of vm_stat says nothing', () => {
  expect(parseVmStat('vm_stat: command not found')).toBeUndefined();
});
