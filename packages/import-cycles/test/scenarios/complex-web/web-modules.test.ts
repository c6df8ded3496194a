import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knotsOf } from '../../../src/graph/components.ts';
import { digraphFromEdges } from '../../../src/graph/digraph.ts';
import { planComplexWeb } from '../../../src/scenarios/complex-web/complex-web-plan.ts';
import { webModules } from '../../../src/scenarios/complex-web/web-modules.ts';

const { shape } = planComplexWeb();

/** Targets of the import statements at the start of a line or in a `try`, not of those in functions. */
function importsOf(source: string): Set<string> {
  const body = source.split('\ndef ')[0] ?? '';
  return new Set([...body.matchAll(/^ *(?:import|from) (deck_\d+)/gm)].map((match) => match[1] ?? ''));
}

describe('webModules', () => {
  it('writes 15 modules with 2-4 imports each, nine of them in two knots, for every seed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (seed) => {
        const modules = webModules(shape, seed);
        const names = modules.map((module) => module.name);
        const edges = modules.flatMap((module, from) =>
          [...importsOf(module.source)].map((name) => [from, names.indexOf(name)] as const),
        );
        expect(modules).toHaveLength(15);
        for (const module of modules) {
          const count = importsOf(module.source).size;
          expect(count).toBeGreaterThanOrEqual(2);
          expect(count).toBeLessThanOrEqual(4);
        }
        const digraph = digraphFromEdges(
          15,
          edges.map(([from]) => from),
          edges.map(([, to]) => to),
        );
        expect(
          knotsOf(digraph)
            .map((knot) => knot.length)
            .sort(),
        ).toEqual([4, 5]);
      }),
      { numRuns: 200 },
    );
  });

  it('writes the same web for the same seed, and others for others', () => {
    expect(webModules(shape, 3)).toEqual(webModules(shape, 3));
    expect(webModules(shape, 3)).not.toEqual(webModules(shape, 4));
  });
});
