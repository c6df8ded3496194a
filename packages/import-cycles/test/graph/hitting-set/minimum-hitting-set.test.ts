import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimumHittingSet } from '../../../src/graph/hitting-set/minimum-hitting-set.ts';
import { reduced } from '../../../src/graph/hitting-set/reduction.ts';
import { costOf, type SetSystem } from '../../../src/graph/hitting-set/set-system.ts';
import { WorkBudget } from '../../../src/graph/work-budget.ts';

const ELEMENTS = 10;

const anySystem = (weight: fc.Arbitrary<number>, isIntegral: boolean): fc.Arbitrary<SetSystem> =>
  fc.record({
    sets: fc.array(
      fc
        .uniqueArray(fc.nat({ max: ELEMENTS - 1 }), { minLength: 1, maxLength: 5 })
        .map((set) => Int32Array.from(set).sort()),
      { maxLength: 25 },
    ),
    weights: fc
      .array(weight, { minLength: ELEMENTS, maxLength: ELEMENTS })
      .map((weights) => Float64Array.from(weights)),
    isIntegral: fc.constant(isIntegral),
  });

const wholeSystem = anySystem(fc.integer({ min: 1, max: 6 }), true);
const fractionalSystem = anySystem(fc.double({ min: 0.1, max: 5, noNaN: true }), false);

/** Over all choices of elements. */
function leastCost(system: SetSystem): number {
  const masks = system.sets.map((set) => set.reduce((mask, element) => mask | (1 << element), 0));
  let least = Infinity;
  for (let choice = 0; choice < 2 ** ELEMENTS; choice++) {
    if (masks.some((mask) => (mask & choice) === 0)) continue;
    const elements = Array.from({ length: ELEMENTS }, (_, element) => element);
    least = Math.min(
      least,
      costOf(
        system,
        elements.filter((element) => (choice & (1 << element)) !== 0),
      ),
    );
  }
  return least;
}

const unlimited = () => new WorkBudget(Infinity);

describe('minimumHittingSet', () => {
  it.each([
    ['whole', wholeSystem],
    ['fractional', fractionalSystem],
  ])('costs as little as the cheapest of all choices, with %s weights', (_, systems) => {
    fc.assert(
      fc.property(systems, (system) => {
        const found = minimumHittingSet(system, unlimited());
        expect(found.cost).toBeCloseTo(leastCost(system), 6);
        expect(found.lowerBound).toBeCloseTo(found.cost, 6);
        expect(costOf(system, found.elements)).toBeCloseTo(found.cost, 9);
        for (const set of system.sets)
          expect(set.some((element) => found.elements.includes(element))).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('keeps its promise in a hurry: a hitting set, and a bound below the least cost', () => {
    fc.assert(
      fc.property(wholeSystem, fc.nat({ max: 400 }), fc.boolean(), (system, steps, isQuick) => {
        const found = minimumHittingSet(system, new WorkBudget(steps), { isQuick });
        const least = leastCost(system);
        expect(found.lowerBound).toBeLessThanOrEqual(least + 1e-9);
        expect(found.cost).toBeGreaterThanOrEqual(least);
        for (const set of system.sets)
          expect(set.some((element) => found.elements.includes(element))).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('proves no more than it is asked for', () => {
    fc.assert(
      fc.property(wholeSystem, fc.integer({ min: 1, max: 40 }), (system, target) => {
        const found = minimumHittingSet(system, unlimited(), { target });
        const least = leastCost(system);
        expect(found.lowerBound).toBeLessThanOrEqual(least);
        expect(found.lowerBound).toBeGreaterThanOrEqual(Math.min(least, target));
      }),
      { numRuns: 600 },
    );
  });

  it('solves a system that reductions leave alone: an odd ring of pairs', () => {
    const count = 101;
    const found = minimumHittingSet(
      {
        sets: Array.from({ length: count }, (_, at) => Int32Array.of(at, (at + 1) % count).sort()),
        weights: new Float64Array(count).fill(1),
        isIntegral: true,
      },
      unlimited(),
    );
    expect(found).toMatchObject({ cost: 51, lowerBound: 51 });
  });

  it('solves the lines of the Fano plane, in which every three points miss a line or form one', () => {
    const lines = [
      [0, 1, 2],
      [0, 3, 4],
      [0, 5, 6],
      [1, 3, 5],
      [1, 4, 6],
      [2, 3, 6],
      [2, 4, 5],
    ];
    const found = minimumHittingSet(
      {
        sets: lines.map((line) => Int32Array.from(line)),
        weights: new Float64Array(7).fill(1),
        isIntegral: true,
      },
      unlimited(),
    );
    expect(found).toMatchObject({ cost: 3, lowerBound: 3 });
  });
});

describe('reduced', () => {
  it('leaves a system whose cheapest solution completes one of the whole', () => {
    fc.assert(
      fc.property(wholeSystem, (system) => {
        const small = reduced(system, unlimited());
        expect(costOf(system, small.chosen) + leastCost(small.system)).toBe(leastCost(system));
      }),
      { numRuns: 600 },
    );
  });

  it('needs no search where every choice follows', () => {
    const system: SetSystem = {
      sets: [
        [0, 1, 2],
        [0, 1],
        [1, 3],
        [4, 5],
      ].map((set) => Int32Array.from(set)),
      weights: Float64Array.of(1, 1, 1, 1, 3, 2, 1, 1, 1, 1),
      isIntegral: true,
    };
    const small = reduced(system, unlimited());
    expect(small.system.sets).toEqual([]);
    expect(small.chosen.toSorted()).toEqual([1, 5]);
  });
});
