import { expect, test } from 'vitest';
import { endAtOnce } from '../../src/scenarios/end-at-once.ts';

test('a process that cannot be ended rejects nowhere', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  try {
    endAtOnce({ [Symbol.asyncDispose]: () => Promise.reject(new Error('it lives on')) });
    await new Promise((done) => setTimeout(done, 20));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});
