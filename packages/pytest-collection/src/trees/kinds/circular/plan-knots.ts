import type { CircularTree } from '../../../model/tree-spec.ts';
import { seededRandom } from './seeded-random.ts';
import { numbered } from '../../tree-file.ts';

/**
 * What CPython makes of a knot whose modules are imported in the order of their names. `harmless`: all can be imported, also
 * when another one comes first. `crashing`: none can, ever. `one-way`: all can, but only because the first one comes first:
 * alone, the others crash.
 */
export type KnotKind = 'harmless' | 'crashing' | 'one-way';

/** A module of a circular tree. */
export interface Port {
  readonly name: string;
  readonly knot: KnotKind;
  /** In the order of the statements; `from`: by `from x import y`, which needs the name at once. */
  readonly imports: readonly { readonly name: string; readonly from: boolean }[];
}

const USUAL_SIZE = 5;
export const SMALLEST_KNOT = 3;
const IN_TURN: readonly KnotKind[] = ['harmless', 'crashing', 'one-way'];

/** Who imports whom. Knots stay small: a circle of hundreds would exceed Python's recursion limit, which is another fault. */
export function planKnots({ modules, imports, seed = 0 }: CircularTree): readonly Port[] {
  const random = seededRandom(seed);
  const least = imports === 'mixed' ? 2 : 1;
  const knots = Math.max(
    least,
    Math.min(Math.round(modules / USUAL_SIZE), Math.floor(modules / SMALLEST_KNOT)),
  );
  const names = Array.from({ length: modules }, (_, index) => `test_port_${numbered(index, modules)}`);
  return Array.from({ length: knots }, (_, knot) => {
    const members = names.slice(
      Math.floor((knot * modules) / knots),
      Math.floor(((knot + 1) * modules) / knots),
    );
    const kind = imports === 'mixed' ? (IN_TURN[knot % IN_TURN.length] as KnotKind) : imports;
    return members.map((name, place) => planPort(name, place, members, kind, random));
  }).flat();
}

/** The next one in the circle, so that it closes, and one or two others. */
function planPort(
  name: string,
  place: number,
  members: readonly string[],
  knot: KnotKind,
  random: () => number,
): Port {
  const next = members[(place + 1) % members.length] as string;
  const others = members.filter((member) => member !== name && member !== next);
  const count = Math.min(others.length, random() < 0.5 ? 1 : 2);
  const chosen = Array.from({ length: count }, () =>
    others.splice(Math.floor(random() * others.length), 1),
  ).flat();
  const isLast = place === members.length - 1;
  return {
    name,
    knot,
    imports: [
      { name: next, from: knot === 'crashing' || (knot === 'one-way' && !isLast) },
      ...chosen.map((other) => ({ name: other, from: knot === 'crashing' })),
    ],
  };
}
