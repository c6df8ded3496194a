import type { WrittenModule } from '../modules/written-module.ts';
import { seededRandom } from '../statistics/seeded-random.ts';

/** How a web is laid out. */
export interface WebShape {
  readonly modules: number;
  /** Modules of the lower knot, which everything else may import. */
  readonly lowerKnot: number;
  /** Modules of the upper knot, above some that are in none. */
  readonly upperKnot: number;
  /** Imports of each module that are executed at import. */
  readonly imports: { readonly least: number; readonly most: number };
}

const nameOf = (module: number): string => `deck_${String(module + 1).padStart(2, '0')}`;

/**
 * A seeded web of modules: a lower knot, some modules that only import what lies below them, an upper knot, and more
 * such modules on top. Both knots are a ring with chords, so their cycles overlap. Some modules also import upwards
 * inside a function or for type checkers: who counts those finds cycles that are none.
 */
export function webModules(shape: WebShape, seed: number): readonly WrittenModule[] {
  const random = seededRandom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const between = Math.floor((shape.modules - shape.lowerKnot - shape.upperKnot) / 2);
  const upperStart = shape.lowerKnot + between;
  const upperEnd = upperStart + shape.upperKnot;

  return Array.from({ length: shape.modules }, (_, module) => {
    const [start, end] =
      module < shape.lowerKnot
        ? [0, shape.lowerKnot]
        : module >= upperStart && module < upperEnd
          ? [upperStart, upperEnd]
          : [0, 0];
    const targets = new Set<number>();
    if (end > start) targets.add(module + 1 < end ? module + 1 : start);
    const wanted = shape.imports.least + below(shape.imports.most - shape.imports.least + 1);
    const mayImport = Array.from({ length: Math.max(end, module) }, (_, other) => other).filter(
      (other) => other !== module,
    );
    while (targets.size < Math.min(wanted, mayImport.length)) {
      targets.add(mayImport[below(mayImport.length)] ?? 0);
    }
    const later = module % 3 === 0 ? upwards(module, Math.max(end, module), shape.modules, below) : undefined;
    return { name: nameOf(module), source: sourceOf(module, [...targets], later, below) };
  });
}

function upwards(
  module: number,
  from: number,
  modules: number,
  below: (end: number) => number,
): number | undefined {
  const first = Math.max(from, module + 1);
  return first < modules ? first + below(modules - first) : undefined;
}

function sourceOf(
  module: number,
  targets: readonly number[],
  later: number | undefined,
  below: (end: number) => number,
): string {
  const lines = targets.map((target) => {
    const name = nameOf(target);
    const statements = [
      `import ${name}`,
      `import ${name} as other_${target}`,
      `from ${name} import LOAD as load_${target}`,
      `try:\n    import ${name}\nexcept ImportError:\n    ${name} = None`,
    ];
    return statements[below(statements.length)];
  });
  const deferred =
    later === undefined
      ? ''
      : `\n\ndef ask():\n    import ${nameOf(later)}\n    return ${nameOf(later)}.LOAD\n`;
  return `"""Deck ${module + 1}; not import ${nameOf((module + 7) % 15)}."""\n\nLOAD = ${module}\n\n${lines.join('\n')}\n${deferred}`;
}
