import { withSource } from '../modules/written-module.ts';
import type { WrittenModule } from '../modules/written-module.ts';

/** What imports/leak is going to do. */
export interface LeakPlan {
  /** The first one is imported; all are unloaded after each round. */
  readonly modules: readonly WrittenModule[];
  /** Rounds before counting begins: caches of the interpreter fill in them. */
  readonly warmUp: number;
  readonly rounds: number;
}

const NAMES = ['ballast', 'cargo', 'deck', 'engine', 'funnel'] as const;

/** Each module imports the next one and the one after: five modules in overlapping circles, with some data each. */
function member(name: string, i: number): WrittenModule {
  const next = NAMES[(i + 1) % NAMES.length];
  const after = NAMES[(i + 2) % NAMES.length];
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  return {
    name,
    source: `import ${next}
import ${after}

DATA = ["${name} %d" % i for i in range(150)]


class ${type}:
    def neighbours(self):
        return ${next}.DATA, ${after}.DATA


def make():
    return ${type}()
`,
  };
}

/** Twenty rounds over five modules that import each other. */
export function planLeak(): LeakPlan {
  return { modules: NAMES.map(member), warmUp: 5, rounds: 20 };
}

/** A plan in which one module runs some more code at its end. */
export function endingWith(plan: LeakPlan, code: string): LeakPlan {
  return { ...plan, modules: withSource(plan.modules, 'cargo', (source) => `${source}\n\n${code}\n`) };
}
