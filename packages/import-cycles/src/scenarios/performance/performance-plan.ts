import { withSource } from '../modules/written-module.ts';
import type { WrittenModule } from '../modules/written-module.ts';

/** What imports/performance is going to time. */
export interface PerformancePlan {
  /** The module that is imported first; both sides have it. */
  readonly entry: string;
  readonly circular: readonly WrittenModule[];
  readonly clean: readonly WrittenModule[];
  /** Pairs that are always timed, and pairs after which timing ends however wide the interval is. */
  readonly pairs: { readonly least: number; readonly most: number };
  /** Timing ends when the upper end of the interval is at most so many times the lower one. */
  readonly precision: number;
  /** No new pair is begun after so many ms. */
  readonly timingMs: number;
}

const NAMES = ['anchor', 'bollard', 'capstan', 'derrick'] as const;

/** A body with enough in it that its import takes some milliseconds: 500 functions and 80 classes. */
function body(name: string): string {
  const functions = Array.from(
    { length: 500 },
    (_, i) => `def ${name}_step_${i}(cargo, weight=${i}):\n    return [cargo, weight + ${i}]\n`,
  );
  const classes = Array.from(
    { length: 80 },
    (_, i) =>
      `class ${name.toUpperCase()}${i}:\n    load = ${i}\n\n    def lift(self):\n        return self.load\n`,
  );
  return [...functions, ...classes].join('\n');
}

/** Four modules that import the next one; `closed` makes the last one import the first. */
function chain(closed: boolean): readonly WrittenModule[] {
  return NAMES.map((name, i) => {
    const next = NAMES[(i + 1) % NAMES.length];
    const last = i === NAMES.length - 1;
    return { name, source: `${last && !closed ? '' : `import ${next}\n`}\n${body(name)}` };
  });
}

/** Two sides that are the same but for one import: the one that closes the circle. */
export function planPerformance(): PerformancePlan {
  return {
    entry: NAMES[0],
    circular: chain(true),
    clean: chain(false),
    pairs: { least: 15, most: 60 },
    precision: 1.3,
    timingMs: 8000,
  };
}

/** A plan whose last module of the circle runs some code before it imports the first one again. */
export function whenEnteredAgain(plan: PerformancePlan, code: string): PerformancePlan {
  const change = (source: string): string => `${code}\n${source}`;
  return { ...plan, circular: withSource(plan.circular, NAMES[NAMES.length - 1] ?? '', change) };
}
