import { seededRandom } from '../statistics/seeded-random.ts';

export type Side = 'a' | 'b';

/**
 * Which side comes first in each pair, without end: A B B A or B A A B, by lot for every two pairs. What drifts while
 * the runs go on (a machine that warms up, a neighbour that starts) then meets both sides alike.
 */
export function* interleavedOrder(seed: number): Generator<readonly [Side, Side], never> {
  const random = seededRandom(seed);
  for (;;) {
    const [first, second]: readonly [Side, Side] = random() < 0.5 ? ['a', 'b'] : ['b', 'a'];
    yield [first, second];
    yield [second, first];
  }
}
