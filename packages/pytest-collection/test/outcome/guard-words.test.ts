import { expect, test } from 'vitest';
import { guardWords } from '../../src/outcome/guard-words.ts';
import { anEnding, aRecording } from './an-ending.ts';

const REASON = 'memory guard: 115.3 MiB of 128.0 MiB (90 %) in use while collecting test_big.py';
const BLOCK = `${REASON}
  while: collecting test_big.py, at test_big.py:2
  grew:  80.0 MiB since that began; this process holds 110.0 MiB
  limit: 128.0 MiB, cgroup v1 /x; the threshold is 115.2 MiB
  fix:   move what test_big.py allocates while it is imported into a fixture, or raise the limit
`;

test('the guard: its reason, its figures and its advice, of the first process that spoke', () => {
  expect(guardWords(anEnding({ guardReason: `${BLOCK}memory guard: a worker\n  fix:   other\n` }))).toEqual({
    said: [
      REASON,
      'grew: 80.0 MiB since that began; this process holds 110.0 MiB',
      'limit: 128.0 MiB, cgroup v1 /x; the threshold is 115.2 MiB',
    ],
    advice: 'move what test_big.py allocates while it is imported into a fixture, or raise the limit',
  });
});

test('pytest alone tells of it, or nobody does', () => {
  const recording = aRecording({ ending: { kind: 'exit', status: 86, reason: `Exit: ${REASON}` } });
  expect(guardWords(anEnding({ recording }))).toEqual({ said: [REASON] });
  expect(guardWords(anEnding())).toBeUndefined();
});
